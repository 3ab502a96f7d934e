"""How this client, in this version, is made to trust a CA: the words that several causes share."""

from packaging.version import InvalidVersion, Version

from certmend.judge.case import Case
from certmend.model.certificate import Certificate
from certmend.model.index import Purpose
from certmend.model.store import TrustStore
from certmend.model.text import visible

_SYSTEM = frozenset({"system", "truststore", "openssl-defaults", "openssl", "gnutls"})


def trust_ca(case: Case, ca: Certificate | None) -> tuple[str, ...]:
    """Sentences that tell how the client of a case is made to trust a CA."""
    trust = case.trust
    name = f"{ca}" if ca is not None else f'"{case.top.issuer}"' if case.top else "the CA"
    source = where_found(case, ca)
    if case.attempt.purpose is Purpose.INSPECTION:
        return (f"Add {name} to the trust store that the client reads. {source}",)
    if case.client.advice.bundle and case.client.name != "pip":
        return _advised(case, name, source)
    own = trust.stores[:1] if trust.mechanism == "certifi" else ()
    for store in (trust.bundle,) if trust.bundle else own:
        if generated(case, store):
            return (f"{add_to(case, name, store)} {source}",)
    if trust.bundle and not _replaces(case):
        return (
            f"Add {name} to {visible(trust.bundle, 300)}, which {case.client.label} trusts beside "
            f"the public roots. {source}",
        )
    if trust.bundle:
        return (
            f"Add {name} to {visible(trust.bundle, 300)} (set by {visible(trust.bundle_origin)}): "
            f"it is the only store that {case.client.label} uses. {source}",
        )
    if trust.mechanism == "system":
        return (
            _to_system(name, f"behind a proxy {case.client.label} reads nothing else", source),
            "Upgrade pip to 25.2 or later, which keeps the public roots behind a proxy too.",
        )
    if trust.mechanism == "truststore":
        return (
            _to_system(name, f"{case.client.label} reads it", source),
            "Name its file: `export PIP_CERT=/path/to/ca.pem` (it is added to the public roots).",
        )
    return (
        f"Write one file with the public roots and {name}, and name it: "
        f"`export PIP_CERT=/path/to/bundle.pem`. In {case.client.label} the file takes the place "
        f"of pip's own roots, so a file with the CA alone would break the public index. {source}",
        *_upgrade(case),
    )


def generated(case: Case, path: str) -> bool:
    """Whether a program of the system makes this file: an edit of it is lost."""
    store = case.facts.store(path) if path else None
    return store is not None and store.generated


def _to_system(name: str, why: str, source: str) -> str:
    return (
        f"Install {name} in the system's trust store: {why} (Debian: "
        "/usr/local/share/ca-certificates/NAME.crt, then `update-ca-certificates`; "
        f"RHEL: /etc/pki/ca-trust/source/anchors, then `update-ca-trust`). {source}"
    )


def add_to(case: Case, name: str, path: str) -> str:
    """How a certificate comes into a file: by hand, or by what makes the file."""
    shown = visible(path, 300)
    if not generated(case, path):
        return f"Add {name} to {shown}."
    return _to_system(name, f"{shown} is made from it, and an edit would be lost", "").rstrip()


def _advised(case: Case, name: str, source: str) -> tuple[str, ...]:
    """For any client but pip: what its own table says makes it trust a CA."""
    trust, advice, label = case.trust, case.client.advice, case.client.label
    if trust.bundle:
        beside = " beside what it trusts otherwise" if not trust.replaces else ""
        return (
            f"Add {name} to {visible(trust.bundle, 300)} (set by "
            f"{visible(trust.bundle_origin, 300)}), which {label} reads{beside}. {source}",
        )
    command = advice.bundle.replace("{path}", "/path/to/bundle.pem")
    system = (
        f"Or install {name} in the system's trust store, and let {case.client.name} read that: "
        f"`{advice.system}`."
    )
    if trust.mechanism in _SYSTEM:
        system = f"Or install {name} in the system's trust store, which {case.client.name} reads."
    together = f"the public roots and {name}" if advice.replaces else name
    why = " (it takes the place of what is trusted otherwise)" if advice.replaces else ""
    return (
        f"Write one file with {together}, and name it: `{command}`{why}. {source}",
        *((system,) if advice.system or trust.mechanism in _SYSTEM else ()),
    )


def where_found(case: Case, ca: Certificate | None) -> str:
    """Where this machine already has the CA, or who to ask for it."""
    stores = holders(case, ca)
    if not stores:
        return "Get its file from the team that runs the CA, and compare its SHA-256 with them."
    first = stores[0]
    return f"It is on this machine: {visible(first.path, 300)} ({first.name})."


def holders(case: Case, ca: Certificate | None) -> tuple[TrustStore, ...]:
    """The stores of this machine that hold the CA, other than those the client uses."""
    if ca is None:
        return ()
    used = {store.path for store in case.stores}
    return tuple(store for store in case.found_in(ca) if store.path not in used)


def _replaces(case: Case) -> bool:
    return case.trust.replaces


def version(text: str) -> Version:
    """A version for comparing; one that cannot be read is older than all."""
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _upgrade(case: Case) -> tuple[str, ...]:
    python = case.client.interpreter
    if python is None or version(python.version) < Version("3.10"):
        return ()
    return ("Upgrade pip to 24.2 or later, which reads the system's trust store as well.",)
