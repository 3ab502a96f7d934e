"""What a letter asks of whoever can cure a cause, where that is not the person. Pure.

The cure of a finding tells the person what to do. Somebody else has to be told what they do, and
what only the person can look at stands apart from the letter.
"""

import msgspec

from certmend.model.finding import Finding, Owner


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; `{host}` is the name in the URL."""

    text: str
    also_yours: bool = False
    """Whether the finding's own cure is something that the person can do without anybody."""


_ASKS = {
    ("intercepting-proxy", Owner.NETWORK): Ask(
        text="Either exempt these hosts from TLS inspection, or send the root certificate that "
        "signs for them as a file, and its SHA-256 on another way.",
        also_yours=True,
    ),
    ("dns", Owner.NETWORK): Ask(
        text="Say whether {host} is the right name, and in which network or VPN it is known.",
        also_yours=True,
    ),
    ("unreachable", Owner.NETWORK): Ask(
        text="Say whether this machine may reach {host}, and by which port, VPN or proxy.",
        also_yours=True,
    ),
    ("proxy", Owner.NETWORK): Ask(
        text="Let this machine reach {host} through the proxy; or say which proxy it takes, or "
        "that it is reached without one.",
        also_yours=True,
    ),
    ("connection-closed", Owner.NETWORK): Ask(
        text="Look whether a firewall or an inspection ends the connection, and let it through.",
    ),
    ("connection-closed", Owner.REGISTRY): Ask(
        text="Look into the log of the registry, and of the proxy or load balancer before it.",
        also_yours=True,
    ),
    ("hostname-mismatch", Owner.REGISTRY): Ask(
        text="Have a certificate issued that holds {host} among its names, and install it with "
        "its chain.",
        also_yours=True,
    ),
    ("self-signed-leaf", Owner.REGISTRY): Ask(
        text="Have the internal CA issue a certificate for this server, and install it with its "
        "chain. Until then: confirm the SHA-256 above, on another way than this network.",
    ),
    ("not-yet-valid", Owner.REGISTRY): Ask(
        text="Install a certificate that is valid today.", also_yours=True
    ),
    ("not-tls", Owner.REGISTRY): Ask(
        text="Have TLS set up on this port, for instance by a reverse proxy; or say on which port "
        "it is served.",
        also_yours=True,
    ),
    ("insecure-http", Owner.REGISTRY): Ask(
        text="Have TLS set up, for instance by a reverse proxy, and links and redirects made with "
        "https://; or say which https:// URL is the right one.",
        also_yours=True,
    ),
    ("sni-missing", Owner.REGISTRY): Ask(
        text="Have a site with a certificate set up there for {host}.", also_yours=True
    ),
    ("strict-profile", Owner.CA): Ask(
        text="Issue it again with what RFC 5280 asks for: the extensions are below."
    ),
    ("not-a-ca", Owner.CA): Ask(
        text="Issue it again, marked as a CA, and with room for the CAs below it."
    ),
    ("name-constraint", Owner.CA): Ask(
        text="Issue the certificate by a CA that is allowed this name; or correct the limits "
        "(nameConstraints) of the CA, or the names in the certificate."
    ),
    ("unsupported-extension", Owner.CA): Ask(
        text="Issue it again without that extension, or with it not critical."
    ),
    ("issuer-expired", Owner.CA): Ask(
        text="Send the CA's current certificate as a file, and its SHA-256 on another way. If "
        "there is none, issue one; the extensions are below.",
        also_yours=True,
    ),
    ("malformed-certificate", Owner.CA): Ask(
        text="Issue the certificate again, and send it with its chain."
    ),
    ("weak-crypto", Owner.CA): Ask(
        text="Issue it again with a P-256 or 2048-bit RSA key, and SHA-256."
    ),
    ("wrong-purpose", Owner.CA): Ask(
        text="Issue it again with the extended key usage serverAuth, or with none."
    ),
}


def of(finding: Finding, to: Owner) -> tuple[str, ...]:
    """What is asked for, in paragraphs; the finding's own cure where that reads right."""
    ask = _ASKS.get((finding.code, to))
    host = finding.host.rpartition(":")[0] or finding.host
    return finding.cure if ask is None else (ask.text.format(host=host),)


def yours(finding: Finding, to: Owner) -> tuple[str, ...]:
    """What the person can do meanwhile, or first; empty where there is nothing."""
    ask = _ASKS.get((finding.code, to))
    return finding.cure if ask is not None and ask.also_yours else ()
