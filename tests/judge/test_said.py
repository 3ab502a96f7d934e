"""The catalogues of messages: each is answered with one code, alone and inside of a job's log."""

import io
import pathlib

import pytest

from certmend import explanations

_TABLE = pathlib.Path(__file__).with_name("said.txt").read_text(encoding="utf-8")
_SAID = [
    tuple(line.split(": ", 1)) for line in _TABLE.splitlines() if line and not line.startswith("#")
]


def codes(text):
    found = explanations.explain([("x.log", io.BytesIO(f"{text}\n".encode()))])
    return [one.finding.code for one in found.findings]


@pytest.mark.parametrize(("code", "words"), _SAID)
def test_each_message_has_its_code(code, words):
    assert codes(words) == [code]


@pytest.mark.parametrize(("code", "words"), _SAID)
def test_it_has_it_in_a_job_of_ci_too(code, words):
    """With a clock before each line, and quiet lines around."""
    quiet = [f"collecting ink {number}" for number in range(30)]
    lines = [f"2026-01-05T07:08:09.1234567Z {one}" for one in (*quiet, words, *quiet)]
    assert codes("\n".join(lines)) == [code]


def test_no_message_stands_twice():
    assert len(set(_SAID)) == len(_SAID) > 500
