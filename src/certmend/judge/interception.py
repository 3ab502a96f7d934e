"""Who re-signs the traffic: public hosts with private certificates, and the names of products."""

from certmend import registry
from certmend.judge import path
from certmend.judge.case import TRUST_CODES, Case
from certmend.judge.public_hosts import PUBLIC_HOSTS
from certmend.judge.question import NO_SUCH_HOST
from certmend.model.certificate import Name
from certmend.model.plugin import Interceptor

_NAMES = frozenset({62, 64, NO_SUCH_HOST})


def intercepted(case: Case) -> bool:
    """Whether a public host shows a certificate for its own name that no public root signed.

    A certificate for another name is a captive portal's or a block page's: another cause. What a
    known product signs with its own name is intercepted on any host: nobody gets one from it.
    """
    maker = product(case)
    known = maker is not None and maker.certain
    if not case.chain or not (is_public(case) or known):
        return False
    codes = {fault.code for fault in path.faults(case.question(anchors=case.facts.public_roots))}
    return bool(codes & TRUST_CODES) and (is_public(case) or not codes & _NAMES)


def is_public(case: Case) -> bool:
    """Whether everybody knows that the host has a public certificate."""
    return case.host in PUBLIC_HOSTS


def product(case: Case) -> Interceptor | None:
    """The product whose marks the issuers in the chain bear; certain before possible."""
    known: tuple[Interceptor, ...] = registry.load("certmend.judge.interceptors", Interceptor)
    shown = (*case.chain, *([case.top] if case.top else []))
    issuers = dict.fromkeys(certificate.issuer for certificate in shown)
    matches = [one for one in known if any(_matches(one, issuer) for issuer in issuers)]
    return min(matches, key=lambda one: not one.certain, default=None)


def _matches(product: Interceptor, issuer: Name) -> bool:
    pairs = (
        (product.common_name, issuer.common_name),
        (product.organization, issuer.organization),
        (product.organizational_unit, issuer.organizational_unit),
        (product.email, issuer.email),
    )
    wanted = [(pattern, value) for pattern, value in pairs if pattern is not None]
    return bool(wanted) and all(pattern.search(value) for pattern, value in wanted)
