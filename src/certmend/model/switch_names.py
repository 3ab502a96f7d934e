"""What clients of somebody's own call the switch of verification.

`verify_ssl=False` and `ssl_verification=False` say the same, and so does `skip_tls_verify=True`.
"""

import re
from itertools import product

from certmend.model import lazy

_SUBJECTS = ("ssl", "tls", "https", "cert", "certs", "certificate", "certificates")
_SIDES = ("", "server_", "peer_", "host_", "remote_")
_WHICH = (
    "insecure_", "untrusted_", "selfsigned_", "self_signed_", "invalid_", "all_", "any_",
)  # fmt: skip
_SUBJECT = "(?:ssl|tls|https|cert(?:ificate)?s?)"
_CHECKS = lazy.regex(
    rf"{_SUBJECT}_?(?:verify|verification|validate|validation|check)(?:_?(?:peer|host|cert(?:ificate)?s?))?|"
    rf"(?:verify|validate|check)_?(?:server_|peer_|host_|remote_)?{_SUBJECT}(?:_?(?:certs?|chain))?|"
    r"verify_peer",
    re.IGNORECASE,
)
_SKIPS = lazy.regex(
    r"(?:(?:tls|ssl|https)_)?insecure(?:_(?:ssl|tls|https))?|"
    r"(?:(?:insecure|tls|ssl|https)_){0,2}(?:skip_verify|no_verif(?:y|ication))|"
    rf"(?:\w+_)?(?:skip|no|disable)_{_SUBJECT}_?(?:verif(?:y|ication)|validation|check)|"
    rf"ignore_{_SUBJECT}(?:_(?:errors?|verification|validation))?|"
    rf"(?:\w+_)?(?:allow|accept|trust)_(?:insecure|untrusted|self_?signed|invalid|all|any)_{_SUBJECT}|"
    r"(?:tls_)?allow_insecure_connections?"
)
_VERIFIES = lazy.regex(r"verif|valid")
_TURNED = frozenset(("no", "not", "skip", "ignore", "disable", "dont", "without", "client"))
"""Words before a name that turn it round, or make it that of a server's own clients."""
_OF_TLS = lazy.regex(rf"{_SUBJECT}.*(?:verif|valid|check)|insecure_(?:ssl|tls|https|skip)")
TEXTS = frozenset(
    map(
        "".join,
        (
            *product(_SUBJECTS, ("", "_"), ("verif", "valid", "check")),
            *product(("verify", "validate", "check"), ("", "_"), _SIDES, _SUBJECTS),
            *product(("skip_", "no_", "disable_", "ignore_"), _SUBJECTS),
            *product(("allow_", "accept_", "trust_"), _WHICH, _SUBJECTS),
            *product(("insecure", "skip_verify", "no_verify", "no_verification"), ("=true",)),
            *product(("ssl", "tls", "https"), ("_insecure",)),
            *product(("insecure_",), ("ssl", "tls", "https", "skip")),
            *product(("skip_verify", "allow_insecure_c", "verify_peer")),
        ),
    )
)
"""One of these, in lower case, stands in every such name or beside it."""


def checks(name: str) -> bool:
    """Whether a client verifies where what has this name is true."""
    return _CHECKS.fullmatch(name) is not None


def skips(name: str) -> bool:
    """Whether a client does not verify where what has this name is true."""
    return _SKIPS.fullmatch(name) is not None


def is_of_tls(name: str) -> bool:
    """Whether a name that skips says so of TLS: what else `skip_verify` may mean is not known."""
    return _OF_TLS.search(name) is not None


def turned_by(variable: str) -> bool | None:
    """What switches verification off, by the end of a variable's name: `portal_verify_ssl`.

    `True` of one that skips, `False` of one that checks; None of any other variable.
    """
    words = variable.split("_")
    for start in range(len(words)):
        name = "_".join(words[start:])
        if skips(name) and (is_of_tls(name) or name.startswith(("tls_", "ssl_", "https_"))):
            return True
        turned = start and words[start - 1] in _TURNED
        if checks(name) and _VERIFIES.search(name) and not turned:
            return False
    return None
