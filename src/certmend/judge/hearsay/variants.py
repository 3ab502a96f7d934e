"""What is said instead where a code is the answer to another failure than its usual one.

The same code covers what the same people mend; the sentences about why have to fit the log.
"""

from certmend.judge.hearsay.words import WORDS, Words
from certmend.model import failure
from certmend.model.failure import Failure
from certmend.model.finding import Owner

_REVOCATION = "REVOCATION_UNKNOWN"
_VARIANTS: dict[tuple[str, str], Words] = {
    ("intercepting-proxy", _REVOCATION): Words(
        summary="{client} cannot learn whether the certificate of {where} is revoked",
        why="The CA's list of revoked certificates could not be had: a proxy's certificates name "
        "none, and a firewall may block the CA's server. Windows asks for it by default.",
        owner=Owner.NETWORK,
        cure=(
            "Have the network team let the CA's revocation server through, which answers on plain "
            "HTTP, or exempt this host from TLS inspection.",
        ),
        unknown="The log cannot tell whose certificate was shown, nor which server did not answer.",
    ),
    ("strict-profile", "NotStandardsCompliant"): Words(
        summary="a certificate of {where} is not one that macOS takes",
        why="macOS wants a subject alternative name, the usage serverAuth, SHA-2, 2048 bits of "
        "RSA, and a validity of at most 825 days.",
        owner=Owner.CA,
        cure=("Have the CA team issue a certificate that meets Apple's requirements.",),
        unknown="The log does not tell which requirement is not met.",
    ),
    ("client-cert-required", failure.CLIENT_CERT_UNUSABLE): Words(
        summary="the client certificate that {client} should show cannot be used",
        why="A setting names a file that is not there, or holds no certificate with its key.",
        cure=(
            "Correct the path where it is set: one PEM file with the certificate and its key.",
            "Remove the setting, if the server asks for no client certificate.",
        ),
        unknown="The log cannot tell which setting names the file.",
    ),
    ("unreachable", failure.HIDDEN): Words(
        summary="{client} cannot connect to {where}, and does not say why",
        why="It hides the reason: the network, the name, a proxy or a certificate.",
        cure=("Run it again with -vvv, and explain that log.",),
        unknown="The log does not tell the reason at all.",
    ),
    ("unreachable", failure.SERVER_ERROR): Words(
        summary="{where} answers that it cannot serve this now",
        why="The connection is fine: the server is overloaded, limits its clients or is broken, "
        "or a proxy says so in its place.",
        owner=Owner.REGISTRY,
        cure=("Try again later; ask the registry's admin if it stays.",),
        unknown="The log cannot tell the index from a proxy on the way.",
    ),
}


def words_of(code: str, found: Failure) -> Words:
    """The sentences of a code for a failure."""
    kind = _REVOCATION if found.verify_code in failure.NO_REVOCATION else found.word or found.reason
    return _VARIANTS.get((code, kind), WORDS[code])
