"""One captured chain against one store, host and time, by the rules of one verifier.

OpenSSL answers for itself (`judge/openssl.py`); webpki, uv's verifier, is followed rule by rule
(`judge/webpki`).
"""

from functools import lru_cache

from certmend.judge import openssl
from certmend.judge.question import Answer, Fault, Question
from certmend.model.client import WEBPKI


@lru_cache(maxsize=2048)
def answer(question: Question) -> Answer:
    """What the question's verifier says."""
    if question.verifier == WEBPKI:
        from certmend.judge.webpki import verifier

        return verifier.answer(question)
    return openssl.answer(question)


def faults(question: Question) -> tuple[Fault, ...]:
    """Every fault that is found, the first error first; empty for a chain that is trusted."""
    return answer(question).faults
