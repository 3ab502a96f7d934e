"""One client with one host: the facts of it, with chain and faults read.

Pure: everything here follows from the facts alone.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

from certmend.judge import mending, openssl, path
from certmend.judge.mending import Mended
from certmend.judge.question import LIMIT, UNREADABLE, Fault, Question
from certmend.model import certificate, failure, links
from certmend.model.attempt import Attempt, Probe, Sight
from certmend.model.certificate import Certificate
from certmend.model.client import OPENSSL, ClientFacts, Trust
from certmend.model.der import fingerprint
from certmend.model.facts import Facts
from certmend.model.failure import Failure, Stage
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity
from certmend.model.index import Purpose
from certmend.model.store import TrustStore
from certmend.model.text import visible
from certmend.model.url import Url

TRUST_CODES = frozenset({2, 18, 19, 20, 21, 27, 28, LIMIT})
"""No path to a trust anchor was found (crypto/x509/x509_vfy.c, build_chain)."""


DATES = frozenset({9, 10})
"""A certificate that is not valid yet, or has expired."""

_SAID = 300
"""Characters of a client's words that are shown."""


class Case:
    """One client with one host: what it met there, and what the server showed."""

    def __init__(self, attempt: Attempt, client: ClientFacts, facts: Facts) -> None:
        self.attempt = attempt
        self.client = client
        self.facts = facts

    @property
    def url(self) -> Url:
        """Whose connection it is about: the URL's host, or the https:// proxy before it."""
        proxy = self.probe.proxy if self.probe else None
        return proxy.url if proxy is not None and self.at_proxy else self.attempt.url

    @property
    def host(self) -> str:
        """The host of the URL, without port."""
        return self.url.host

    @property
    def endpoint(self) -> str:
        """`host:port`, as shown to people."""
        where = visible(self.url.endpoint)
        return f"the proxy {where}" if self.at_proxy else where

    @cached_property
    def at_proxy(self) -> bool:
        """Whether what the client refused is the certificate of an https:// proxy.

        TLS to the proxy comes first: where the client's store does not accept it, the
        certificate of the host behind it was never seen.
        """
        proxy = self.probe.proxy if self.probe else None
        if not self.refused or proxy is None or proxy.sight is None or not proxy.sight.chain:
            return False
        question = self.question(chain=proxy.sight.chain, host=proxy.url.host)
        return bool(path.faults(question))

    @cached_property
    def trust(self) -> Trust:
        """What the client verifies with on this URL and route."""
        proxied = self.client.trust_behind_proxy if self.attempt.via else None
        if proxied or not self.client.scoped:
            return proxied or self.client.trust
        return self.client.trust_on(str(self.attempt.url))

    @cached_property
    def failure(self) -> Failure | None:
        """What stopped the client, if anything did; for one that is not here, what would."""
        attempt = self.attempt
        if attempt.asked or attempt.failure is not None or not attempt.verifies:
            return attempt.failure
        return self._predicted()

    def _predicted(self) -> Failure | None:
        """The first error that the client's verifier would stop at."""
        if not self.chain or not self.faults or self.attempt.url.scheme != "https":
            return None
        if self.trust.embedded and self._by_public_roots():
            return None
        code = self.faults[0].code
        return Failure(stage=Stage.TLS, reason=failure.VERIFY, verify_code=code)

    def _by_public_roots(self) -> bool:
        """Whether roots that are built into a program, and are Mozilla's, verify the chain."""
        anchors = (*self.anchors, *self.facts.public_roots)
        return not path.faults(self.question(anchors=anchors))

    @property
    def probe(self) -> Probe | None:
        """What certmend itself saw of the host."""
        return self.attempt.probe

    @cached_property
    def sight(self) -> Sight | None:
        """The handshake that collected the chain."""
        if self.probe is not None and self.probe.proxy is not None and self.at_proxy:
            return self.probe.proxy.sight
        return self.probe.sight if self.probe else None

    @property
    def slow(self) -> bool:
        """Whether the client's time ran out where certmend itself agreed to TLS meanwhile."""
        timed_out = self.failure is not None and self.failure.reason == failure.TIMEOUT
        shaken = self.sight is not None and self.sight.failure is None
        return timed_out and shaken and not self.at_proxy

    @cached_property
    def chain(self) -> tuple[Certificate, ...]:
        """The chain as sent, leaf first."""
        return tuple(certificate.read(der) for der in self.sight.chain) if self.sight else ()

    @cached_property
    def leaf(self) -> Certificate | None:
        """The server's own certificate."""
        return certificate.read(self.sight.chain[0]) if self.sight and self.sight.chain else None

    @cached_property
    def refused(self) -> bool:
        """Whether the client refused the server's certificate."""
        return self.failure is not None and self.failure.reason == failure.VERIFY

    @cached_property
    def outlived(self) -> bool:
        """Whether the client verifies the server now, and would not at the time asked for."""
        if not self.connected or not self.attempt.verifies:
            return False
        known = (*self.chain, *(certificate.read(der) for der in self.anchors))
        now = self.facts.now
        if all(one.not_before <= now <= one.not_after for one in known):
            return False
        return any(fault.code in DATES for fault in self.faults)

    @property
    def connected(self) -> bool:
        """Whether the client got through TLS: to an HTTP answer, where one is asked for.

        Some clients tell no more of an answer than that there was one.
        """
        tried = self.attempt
        if tried.purpose is Purpose.INSPECTION:
            return tried.failure is None
        told = tried.asked and tried.verifies and tried.failure is None
        return tried.reply is not None or told

    @cached_property
    def stores(self) -> tuple[TrustStore, ...]:
        """What the client trusts on this host, as far as it can be used."""
        paths = self.trust.stores
        if self.attempt.bundle and self.attempt.bundle not in paths:
            paths = (self.attempt.bundle,) if self.trust.replaces else (*paths, self.attempt.bundle)
        found = (self.facts.store(path) for path in paths)
        return tuple(store for store in found if store is not None)

    @cached_property
    def anchors(self) -> tuple[bytes, ...]:
        """The client's trust anchors that bear on this chain."""
        return tuple(der for store in self.stores if store.usable for der in store.anchors)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault that OpenSSL finds with the client's own store, its first error first."""
        return path.faults(self.question())

    @cached_property
    def all_faults(self) -> tuple[Fault, ...]:
        """`faults`, and those that show only once the chain's root would be trusted."""
        if not any(fault.code in TRUST_CODES | {UNREADABLE} for fault in self.faults):
            return self.faults
        return tuple(dict.fromkeys((*self.faults, *self._behind())))

    def _behind(self) -> Iterator[Fault]:
        """What the verifier would find, were the chain without what stops it, and trusted."""
        question = self.question(anchors=(*self.anchors, *self.reachable_roots))
        mended = self._mended(question)
        asked = mended.question if mended else question
        found = path.faults(asked)
        top = links.top([certificate.read(der) for der in asked.chain])
        lost = asked.verifier == OPENSSL and any(fault.code in TRUST_CODES for fault in found)
        if top is not None and lost:
            found = mending.under_a_root(asked, top)
        known = {(fault.code, fault.sha256) for fault in self.faults}
        for fault in mended.faults(found) if mended else found:
            if fault.code not in TRUST_CODES and (fault.code, fault.sha256) not in known:
                yield fault

    @cached_property
    def adrift(self) -> bool:
        """Whether the chain leads to no anchor, even without what stops OpenSSL before its end."""
        mended = self._mended(self.question())
        return mended is None or any(
            fault.code in TRUST_CODES for fault in path.faults(mended.question)
        )

    def _mended(self, question: Question) -> Mended | None:
        if not question.chain:
            return None
        if question.verifier == OPENSSL:
            return mending.mend(question, openssl.unreadable(question.chain))
        leaf = certificate.read(question.chain[0])
        return None if leaf.readable else mending.mend(question, frozenset({leaf.sha256}))

    @cached_property
    def reachable_roots(self) -> tuple[bytes, ...]:
        """Certificates seen anywhere that could end this chain, were they trusted as well."""
        sent = self.sight.chain if self.sight else ()
        trusted = set(self.anchors)
        known = (der for der in dict.fromkeys((*sent, *self._elsewhere)) if der not in trusted)
        read = (certificate.read(der) for der in known)
        return tuple(found.der for found in read if found.self_issued and found.passes_as_root)

    @cached_property
    def known_elsewhere(self) -> tuple[Certificate, ...]:
        """Certificates of this machine's stores and those fetched, each once."""
        return tuple(certificate.read(der) for der in self._elsewhere)

    @cached_property
    def _elsewhere(self) -> tuple[bytes, ...]:
        ders = [der for store in self.facts.stores for der in store.anchors]
        ders += [der for fetched in self.facts.fetched for der in fetched.certificates]
        ders += list(self.facts.public_roots)
        return tuple(dict.fromkeys(ders))

    def question(
        self,
        *,
        anchors: tuple[bytes, ...] | None = None,
        chain: tuple[bytes, ...] | None = None,
        at: datetime | None = None,
        host: str = "",
    ) -> Question:
        """This case for its verifier, as the client sets it up; or with something else: what if."""
        trust = self.trust
        if chain is None:
            chain = self.sight.chain if self.sight else ()
        return Question(
            chain=chain,
            anchors=self.anchors if anchors is None else anchors,
            host=host or self.host,
            at=at or self.facts.now,
            verifier=trust.verifier,
            flags=trust.verify_flags,
            security_level=trust.security_level,
            common_name=trust.reads_common_name,
        )

    def verify_codes(self) -> frozenset[int]:
        """OpenSSL's codes for this case: the client's own and those of the replay.

        Empty when the client verified the server: the client is the judge.
        """
        return self._verify_codes

    @cached_property
    def _verify_codes(self) -> frozenset[int]:
        if self.outlived:
            return frozenset(fault.code for fault in self.faults) & DATES
        if self.connected or not self.refused:
            return frozenset()
        codes = {fault.code for fault in self.all_faults}
        if self.failure is not None and self.failure.verify_code:
            codes.add(self.failure.verify_code)
        return frozenset(codes)

    def about(self, codes: Iterable[int]) -> tuple[tuple[Fault, Certificate], ...]:
        """The faults with these codes, and the certificates that they are about."""
        wanted = frozenset(codes)
        return tuple(
            (fault, bad)
            for fault in self.all_faults
            if fault.code in wanted and (bad := self._with_fingerprint(fault.sha256)) is not None
        )

    def _with_fingerprint(self, sha256: str) -> Certificate | None:
        """A certificate that a fault can be about: of the chain, or one that ends it."""
        sent = self.sight.chain if self.sight else ()
        for der in (*sent, *self.anchors):
            if fingerprint(der) == sha256:
                return certificate.read(der)
        ends = (der for der in self.reachable_roots if fingerprint(der) == sha256)
        return next((certificate.read(der) for der in ends), None)

    @cached_property
    def top(self) -> Certificate | None:
        """The highest certificate that can be reached from the leaf in what was sent."""
        return links.top(self.chain)

    @cached_property
    def untrusted(self) -> bool:
        """Whether the client refuses the chain because it leads to no anchor of its store."""
        return self.refused and bool(TRUST_CODES & self.verify_codes())

    def found_in(self, wanted: Certificate) -> tuple[TrustStore, ...]:
        """The stores of this machine that hold a certificate."""
        return tuple(store for store in self.facts.stores if wanted.der in store.anchors)

    def finding(
        self,
        code: str,
        summary: str,
        *,
        severity: Severity = Severity.ERROR,
        certainty: Certainty = Certainty.PROVEN,
        evidence: Iterable[Evidence] = (),
        why: str = "",
        owner: Owner = Owner.YOU,
        cure: Iterable[str] = (),
        where: str = "",
    ) -> Finding:
        """A finding about this case; its index, host and client are filled in."""
        return Finding(
            code=code,
            severity=severity,
            certainty=certainty,
            summary=summary,
            index=visible(str(self.attempt.url), 300),
            host=self.endpoint,
            client=self.client.label,
            where=where,
            evidence=tuple(evidence),
            why=why,
            owner=owner,
            cure=tuple(cure),
        )

    def chain_lines(self) -> tuple[Evidence, ...]:
        """The chain as evidence: one line for each certificate that was sent, five at most."""
        shown = [
            Evidence(label="sent", text=f'{sent}, issued by "{sent.issuer}"')
            for sent in self.chain[:5]
        ]
        if len(self.chain) > 5:
            shown.append(Evidence(label="sent", text=f"… and {len(self.chain) - 5} more"))
        return tuple(shown)

    def said(self) -> tuple[Evidence, ...]:
        """The client's own words, as evidence: of many, the end, where the innermost error is."""
        if self.failure is None or not self.failure.text:
            return ()
        text = self.failure.text
        if len(text) > _SAID:
            text = f"{text[: _SAID // 4]} … {text[-_SAID * 3 // 4 :]}"
        return (Evidence(label="said", text=visible(text, _SAID + 3)),)
