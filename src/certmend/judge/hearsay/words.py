"""What is said of each code that a log points to: summary, why, who mends it, how, and the limits.

`{where}` is host and port, `{client}` the client, `{host}` the host; `{ca}` and `{credentials}`
are where the client is told of a CA file, and of whom it asks for.
"""

from collections.abc import Callable

import msgspec

from certmend.judge.hearsay.cures import trust_words
from certmend.model import failure
from certmend.model.finding import Owner
from certmend.model.sighting import Sighting


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """The sentences of one code."""

    summary: str
    why: str
    owner: Owner = Owner.YOU
    cure: tuple[str, ...] = ()
    trust: bool = False
    """Whether the cure begins with making the client trust a CA."""
    unknown: str = ""
    """What the log cannot tell."""


_CHAIN = "the log does not show the certificates that the server sent"

WORDS: dict[str, Words] = {
    "untrusted-root": Words(
        summary="{where} has a certificate from a CA that {client} does not trust",
        why="The server's chain leads to no CA in the trust store of {client}.",
        trust=True,
        unknown="The log cannot tell an unknown root from an intermediate that the server leaves "
        f"out, or from a proxy that re-signs the traffic: {_CHAIN}.",
    ),
    "intercepting-proxy": Words(
        summary="something re-signs the traffic to {where}: {client} does not trust the CA it met",
        why="{host} has a public certificate, which {client} would trust; another CA's was shown, "
        "as by a company's proxy or a virus scanner.",
        owner=Owner.NETWORK,
        trust=True,
        cure=("Have the network team exempt this host from TLS inspection.",),
        unknown="The log cannot tell whose CA it is, nor rule out a client whose own roots are "
        f"missing or too old: {_CHAIN}.",
    ),
    "missing-intermediate": Words(
        summary="{where} seems not to send its intermediate certificate",
        why="The server sent one certificate alone, and {client} knows no issuer of it.",
        owner=Owner.REGISTRY,
        cure=("Install the full chain on the server: its own certificate, then the intermediate.",),
        unknown="The log cannot tell a missing intermediate from an internal CA that issued the "
        f"certificate directly: {_CHAIN}.",
    ),
    "self-signed-leaf": Words(
        summary="{where} shows a self-signed certificate",
        why="The certificate is its own issuer, and {client} does not hold it.",
        owner=Owner.REGISTRY,
        cure=(
            "Have the internal CA issue a certificate for this server and install it.",
            "Until then: compare the certificate's SHA-256 with the registry's admin, and give "
            "its file to {client} as a CA bundle.",
        ),
        unknown="The log cannot tell whose certificate it is: run the command to see it.",
    ),
    "ca-as-leaf": Words(
        summary="{where} shows a certificate that is marked as a CA, which {client} refuses",
        why="rustls takes no CA certificate for a server; OpenSSL does. Self-made ones "
        "(`openssl req -x509`) are marked so.",
        owner=Owner.REGISTRY,
        cure=("Have a certificate issued for the server with `CA:FALSE`, and install it.",),
        unknown="The log cannot tell whether the certificate is self-signed too.",
    ),
    "bundle-not-found": Words(
        summary="the CA bundle that {client} should use cannot be read",
        why="A setting names a CA file that is not there, or not readable, so no host is reached.",
        cure=(
            "Correct the path in the setting that names it, or put the file there. Look at {ca}.",
            "Remove the setting: the client then uses its own roots.",
        ),
        unknown="The log cannot tell which setting names the file.",
    ),
    "bundle-invalid": Words(
        summary="the CA bundle that {client} should use holds no usable PEM certificate",
        why="The client loads the file before it connects, and the TLS library refuses it.",
        cure=(
            "Replace the file by PEM text: `openssl x509 -inform der -in FILE -out ca.pem` makes "
            "it from a DER file.",
        ),
        unknown="The log cannot tell what the file holds instead, nor which setting names it: "
        "{ca}.",
    ),
    "bad-signature": Words(
        summary="a signature in the chain of {where} does not verify",
        why="A certificate of the chain was signed with another key than its issuer's.",
        owner=Owner.REGISTRY,
        cure=(
            "Get the CA's current certificate if it was rotated, and put it into the bundle.",
            "Have the CA team issue the server's certificate again.",
        ),
        unknown="The log cannot tell a damaged certificate from an old CA certificate in the "
        "bundle.",
    ),
    "revoked": Words(
        summary="the certificate of {where} has been revoked by its CA",
        why="The CA lists the certificate as no longer to be trusted.",
        owner=Owner.REGISTRY,
        cure=("Have a new certificate with a new key issued, and install it.",),
    ),
    "expired": Words(
        summary="a certificate of {where} has expired",
        why="{client} refuses a certificate once its last day has passed.",
        owner=Owner.REGISTRY,
        cure=("Renew the certificate, install it with its chain, and restart the server.",),
        unknown="The log cannot tell the server's certificate from one of the CAs above it, nor "
        "rule out a wrong clock where the client ran.",
    ),
    "not-yet-valid": Words(
        summary="a certificate of {where} is not valid yet",
        why="{client} refuses a certificate before its first day.",
        owner=Owner.REGISTRY,
        cure=("Install a certificate that is valid today.", "Set the clock, if it is wrong."),
        unknown="The log cannot tell whether the certificate or the clock is wrong.",
    ),
    "clock-skew": Words(
        summary="the clock is wrong where {client} ran: {where} is not valid yet for it",
        why="{host} renews its certificates long before they are needed, so the clock is behind; "
        "common after a machine or container was suspended.",
        cure=("Set the clock: `timedatectl set-ntp true`, or restart the virtual machine.",),
        unknown="The log cannot tell the time that the client's machine had.",
    ),
    "hostname-mismatch": Words(
        summary="the certificate of {where} is for other names",
        why="{client} accepts a certificate only for the name in the URL.",
        owner=Owner.REGISTRY,
        cure=(
            "Use a name that the certificate holds in the URL.",
            "Have a certificate issued that holds {host} among its names.",
        ),
        unknown="The log does not show all names of the certificate.",
    ),
    "no-san": Words(
        summary="the certificate of {where} has its name only in the common name",
        why="{client} reads the subject alternative names alone, and there are none.",
        owner=Owner.REGISTRY,
        cure=("Have the certificate issued again with the name as a subject alternative name.",),
    ),
    "sni-missing": Words(
        summary="{where} does not know the name that {client} asked for, or got none",
        why="The server chooses its certificate by the name that it is told.",
        owner=Owner.REGISTRY,
        cure=("Use a name in the URL that the server is set up for.",),
        unknown="The log does not show whether a name was sent.",
    ),
    "strict-profile": Words(
        summary="a certificate of {where} breaks RFC 5280, and {client} is strict about it",
        why="Python from 3.13 on verifies with VERIFY_X509_STRICT by default.",
        owner=Owner.CA,
        cure=("Have the CA team issue certificates as RFC 5280 asks.",),
    ),
    "not-a-ca": Words(
        summary="a certificate above {where} may not sign certificates",
        why="It is not marked as a CA, or more CAs stand below it than it allows.",
        owner=Owner.CA,
        cure=("Have the CA team issue it with `CA:TRUE` and a sufficient path length.",),
    ),
    "wrong-purpose": Words(
        summary="the certificate of {where} may not be used for a TLS server",
        why="Its extended key usage lacks server authentication.",
        owner=Owner.REGISTRY,
        cure=("Have it issued again with the usage serverAuth.",),
    ),
    "name-constraint": Words(
        summary="a CA above {where} is not allowed to issue for this name",
        why="Its name constraints leave the name out.",
        owner=Owner.CA,
        cure=("Have the certificate issued by a CA that may, or the constraint widened.",),
    ),
    "unsupported-extension": Words(
        summary="a certificate of {where} has a critical extension that {client} does not know",
        why="A critical extension that is not understood must be refused (RFC 5280, 4.2).",
        owner=Owner.CA,
        cure=("Have it issued again without that extension, or not critical.",),
    ),
    "malformed-certificate": Words(
        summary="{where} sends a certificate that {client} cannot read",
        why="Its encoding is damaged, or its version is one that the client does not take.",
        owner=Owner.REGISTRY,
        cure=("Have an X.509 v3 certificate issued, and install the file as it came.",),
        unknown="The log cannot tell a damaged server certificate from a damaged CA bundle.",
    ),
    "weak-crypto": Words(
        summary="a key, signature or key exchange of {where} is too weak for {client}",
        why="It is below the security level of the client's TLS library.",
        owner=Owner.REGISTRY,
        cure=("Have the certificate issued with a P-256 or 2048-bit RSA key, and SHA-256.",),
    ),
    "not-tls": Words(
        summary="what {client} met on {where} does not speak TLS",
        why="The URL says https, and the answer was something else: plain HTTP, or a proxy.",
        cure=(
            "Use the port on which the registry serves TLS.",
            "Write the proxy's URL with http:// if a proxy is set with https://.",
        ),
        unknown="The log cannot tell the index from a proxy on the way.",
    ),
    "tls-version": Words(
        summary="{where} and {client} have no TLS version in common",
        why="One of them takes only TLS 1.0 or 1.1, which the other refuses.",
        cure=(
            "Use a Python with OpenSSL 1.1.1 or later.",
            "Have the server offer TLS 1.2 or 1.3.",
        ),
        unknown="The log cannot tell which of the two is too old.",
    ),
    "handshake-failure": Words(
        summary="{where} and {client} could not agree in the TLS handshake",
        why="No cipher, group or algorithm in common, or something the server requires is absent.",
        owner=Owner.REGISTRY,
        cure=("Have the server offer current cipher suites: ECDHE with AES-GCM or ChaCha20.",),
        unknown="The log does not show what either side offered.",
    ),
    "legacy-renegotiation": Words(
        summary="{where} only does a kind of renegotiation that OpenSSL 3 refuses",
        why="The server, or a proxy before it, lacks RFC 5746.",
        owner=Owner.NETWORK,
        cure=("Have the server or the proxy updated: RFC 5746 is from 2010.",),
        unknown="The log cannot tell the server from a proxy on the way.",
    ),
    "client-cert-required": Words(
        summary="{where} wants a client certificate, and {client} gave none that it takes",
        why="The server accepts only clients that show a certificate (mutual TLS).",
        cure=(
            "Get a client certificate from the registry's admin, and name one PEM file with the "
            "certificate and its key (pip: `export PIP_CLIENT_CERT=/path/to/client.pem`).",
        ),
    ),
    "connection-closed": Words(
        summary="the connection of {client} to {where} was cut",
        why="Something between, a firewall or proxy, or the server itself ended it.",
        owner=Owner.NETWORK,
        cure=(
            "Let this host through, if a firewall or proxy ends the connection; the server's log "
            "tells whether the server did.",
        ),
        unknown="The log cannot tell who ended the connection.",
    ),
    "dns": Words(
        summary="{host} does not resolve to an address",
        why="No name server that the client's machine asks knows an address for it.",
        cure=(
            "Connect to the network or VPN in which the name is known, or correct the name.",
            "If a proxy is needed here, set it: the proxy resolves the name then.",
        ),
    ),
    "unreachable": Words(
        summary="{where} cannot be reached, or does not answer in time",
        why="No certificate is at fault: the connection was refused, had no route, or was slow.",
        cure=("Check host and port, the VPN and the firewall; or set the proxy that is needed.",),
    ),
    "proxy": Words(
        summary="the proxy that {client} uses does not let it through to {where}",
        why="{client} reaches this host only through a proxy, and that refused or was not there.",
        cure=(
            "Correct the proxy's URL where it is set: HTTPS_PROXY, HTTP_PROXY, or `proxy` in the "
            "client's own configuration.",
            "Exempt {host} with NO_PROXY if it is reached without a proxy.",
        ),
        unknown="The log does not show where the proxy is set.",
    ),
    "auth-required": Words(
        summary="{where} wants credentials, or refuses these",
        why="The connection is fine; the index does not let this user in.",
        cure=("Give valid credentials. {client} takes them from {credentials}.",),
        unknown="The log cannot tell missing credentials from wrong ones, or from a right that "
        "this user lacks.",
    ),
    "not-an-index": Words(
        summary="{where} answers, and there is no package index at that URL",
        why="The connection is fine; the path is wrong, or a login page answers.",
        cure=("Correct the URL where it is set; most index roots end in /simple/.",),
        unknown="The log cannot tell a wrong path from a package that is not there.",
    ),
    "package-not-found": Words(
        summary="{client} found no such package or version",
        why="The log shows no failure of TLS or of the network above it.",
        cure=("Check the name and version, and whether it was published to one of the indexes.",),
        unknown="With `-q`, or with errors cut from the log, a failed connection looks the same.",
    ),
    "insecure-http": Words(
        summary="{where} is used over plain HTTP, and {client} ignores it",
        why="Nothing is verified over plain HTTP: anyone on the way can replace packages.",
        owner=Owner.REGISTRY,
        cure=("Write https:// in the index URL; have TLS set up if there is none.",),
    ),
    "verification-disabled": Words(
        summary="certificates are not verified on {where}",
        why="Anyone on the network between can replace what comes from this host.",
        cure=("Remove what turns verification off: trusted-host, `verify=False`, ssl_verify.",),
        unknown="The log does not show what turns it off.",
    ),
    "no-ssl-module": Words(
        summary="the Python that runs {client} has no working ssl module",
        why="Without it no https:// index can be reached, whatever is trusted.",
        cure=(
            "Install a Python with ssl (Debian: `apt install python3`), or build this one again "
            "with OpenSSL's development package (libssl-dev, openssl-devel).",
        ),
    ),
    "outdated-client": Words(
        summary="{client} is of a version with a defect: it gives TLS no name to verify",
        why="pip 24.2 to 26.0.1 on Python 3.10 and later crash on an index given by its address.",
        cure=(
            "Upgrade pip to 26.1.2 or later.",
            "Use the server's name in the URL, if its certificate holds one.",
        ),
    ),
}

_LET_THROUGH = "Ask the network team to let {host} through the proxy: it refuses this host."
_PROXY_PASSWORD = (
    "Give the proxy's credentials in its URL (http://USER:PASSWORD@HOST:PORT); a password's "
    "special characters are written as %40 and the like.",
)
_REMARKS: dict[str, str] = {
    failure.HASH_MISMATCH: "a downloaded file is not the one that was expected: its hash differs",
    failure.DISK_FULL: "the disk is full where the client ran",
    failure.READ_ONLY: "the client may not write where it installs",
    failure.OTHER_PYTHON: "the package has versions, and they are for another Python",
    failure.CONFLICT: "the versions that are asked for do not go together",
    failure.MANAGED: "this Python belongs to the system: install into a virtual environment",
    failure.NOT_BUILT: "a package was found, and building it failed",
}


def remark(reason: str) -> str:
    """What is said of something that is no cause of certmend's."""
    return _REMARKS[reason]


def cure(words: Words, seen: Sighting, fill: Callable[[str], str]) -> tuple[str, ...]:
    """The sentences that mend it, for the client of a sighting."""
    if words is WORDS["proxy"] and seen.failure.word == "407":
        return _PROXY_PASSWORD
    if words is WORDS["proxy"] and seen.failure.reason == failure.TUNNEL:
        return (fill(_LET_THROUGH), *(fill(one) for one in words.cure))
    trust = trust_words(seen) if words.trust else ()
    return (*trust, *(fill(one) for one in words.cure))
