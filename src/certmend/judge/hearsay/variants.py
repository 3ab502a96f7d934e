"""What is said instead where a code is the answer to another failure than its usual one.

The same code covers what the same people mend; the sentences about why have to fit the log.
"""

from certmend.judge.hearsay.words import WORDS, Words
from certmend.model import failure
from certmend.model.failure import Failure
from certmend.model.finding import Owner

_REVOCATION = "REVOCATION_UNKNOWN"
_PUBLIC = "PUBLIC"
"""The failure is of a host that everybody uses: what is wrong is on this side of it."""

_VARIANTS: dict[tuple[str, str], Words] = {
    ("expired", _PUBLIC): Words(
        summary="a certificate that {client} met on {where} has expired",
        why="{host} renews its certificate in time, so something on this side is old: the clock, "
        "a root in the client's own store, or what a proxy shows instead.",
        cure=(
            "Set the clock, if it is wrong: `timedatectl set-ntp true`.",
            "Update the roots (the ca-certificates package, certifi) and the client with its "
            "OpenSSL: before 1.1.0 it stops at an expired root though another path is valid.",
        ),
        unknown="The log cannot tell which certificate has expired, nor the clock's time.",
    ),
    ("hostname-mismatch", _PUBLIC): Words(
        summary="something else than {host} answers {client}: its certificate is for other names",
        why="The certificate of {host} holds its name. A login page of the network, a firewall, a "
        "proxy or a wrong address for the name stands in between.",
        cure=(
            "Open https://{host}/ in a browser on the same network: it may ask for a login first.",
            "Ask the network team whether this host is filtered, or its name resolved elsewhere.",
        ),
        unknown="The log cannot tell who answered: run the command to see the certificate.",
    ),
    ("handshake-failure", _PUBLIC): Words(
        summary="{client} and what answers for {where} could not agree in the TLS handshake",
        why="{host} works with every current client: a firewall or proxy on the way ended the "
        "handshake, or the client's TLS library is very old.",
        owner=Owner.NETWORK,
        cure=(
            "Let this host through: no filter, no TLS inspection.",
            "Update the client and its TLS library, if they are years old.",
        ),
        unknown="The log does not show who sent the alert.",
    ),
    ("intercepting-proxy", _REVOCATION): Words(
        summary="{client} cannot learn whether the certificate of {where} is revoked",
        why="The CA's list of revoked certificates could not be had: a proxy's certificates name "
        "none, and a firewall may block the CA's server. Windows asks for it by default.",
        owner=Owner.NETWORK,
        cure=(
            "Let the CA's revocation server through, which answers on plain HTTP, or exempt this "
            "host from TLS inspection.",
        ),
        unknown="The log cannot tell whose certificate was shown, nor which server did not answer.",
    ),
    ("no-ssl-module", "BUILT_WITHOUT"): Words(
        summary="{client} was built without TLS, and cannot open https URLs",
        why="Without it no https URL can be reached, whatever is trusted.",
        cure=(
            "Install {client} from the system's packages (Debian: `apt install git curl wget`), "
            "or build it again with the development files of OpenSSL and libcurl.",
        ),
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
    ("connection-closed", failure.TIMEOUT): Words(
        summary="{where} takes the connection of {client}, and falls silent in the TLS handshake",
        why="Something between, a firewall or proxy, swallows what is sent, or the server is "
        "overloaded.",
        owner=Owner.NETWORK,
        cure=(
            "Let this host through, if a firewall or proxy is on the way; name the proxy that is "
            "needed. If it happens now and then, the server or the line is slow: try again.",
        ),
        unknown="The log cannot tell who is silent.",
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


def words_of(code: str, found: Failure, *, public: bool = False) -> Words:
    """The sentences of a code for a failure; `public` says that everybody uses the host."""
    kind = _REVOCATION if found.verify_code in failure.NO_REVOCATION else found.word or found.reason
    usual = _VARIANTS.get((code, _PUBLIC), WORDS[code]) if public else WORDS[code]
    return _VARIANTS.get((code, kind), usual)
