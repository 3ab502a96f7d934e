"""Who re-signs the traffic: public hosts with private certificates, and the names of products."""

from certmend import registry
from certmend.judge import path
from certmend.judge.inquiry import TRUST_CODES, Case
from certmend.judge.public_hosts import PUBLIC_HOSTS
from certmend.model.certificate import Certificate
from certmend.model.plugin import Interceptor


def intercepted(case: Case) -> bool:
    """Whether a public host shows a certificate for its own name that no public root signed.

    A certificate for another name is a captive portal's or a block page's: another cause.
    """
    if case.host not in PUBLIC_HOSTS or not case.chain:
        return False
    codes = {fault.code for fault in path.faults(case.question(anchors=case.facts.public_roots))}
    return bool(codes & TRUST_CODES)


def product(case: Case) -> Interceptor | None:
    """The product whose marks the issuers in the chain bear; certain before possible."""
    known: tuple[Interceptor, ...] = registry.load("certmend.judge.interceptors", Interceptor)
    issuers = [*case.chain, *([case.top] if case.top else [])]
    matches = [one for one in known if any(_matches(one, certificate) for certificate in issuers)]
    return min(matches, key=lambda one: not one.certain, default=None)


def _matches(product: Interceptor, certificate: Certificate) -> bool:
    issuer = certificate.issuer
    pairs = (
        (product.common_name, issuer.common_name),
        (product.organization, issuer.organization),
        (product.organizational_unit, issuer.organizational_unit),
        (product.email, issuer.email),
    )
    wanted = [(pattern, value) for pattern, value in pairs if pattern is not None]
    return bool(wanted) and all(pattern.search(value) for pattern, value in wanted)
