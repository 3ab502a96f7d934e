"""What is trusted: roots, intermediates, bundles and the settings that name them."""

from certmend.lab.lab import Lab, corporate
from certmend.lab.pki import Authority
from certmend.lab.scenario import Truth, between, in_days, scenario
from certmend.lab.setup import Setup
from certmend.lab.wheels import BILLING, LEDGER

_ADDS = between("24.2", "999", python="3.10")
"""Where a bundle adds to the default store; before, and on older Pythons, it replaces it."""


@scenario(expects={"untrusted-root"}, wrong={"missing-intermediate", "intercepting-proxy"})
def untrusted_root(lab: Lab) -> Setup:
    """The registry has a certificate from the company's CA, and nobody told pip about that CA.

    pip trusts public CAs alone. Give it the CA file: PIP_CERT, or `cert` in pip.conf.
    """
    root, issuing = corporate()
    return lab.client(lab.index(issuing.leaf("localhost"), issuing), needs=root)


@scenario(expects={"self-signed-leaf"}, wrong={"untrusted-root"})
def self_signed_leaf(lab: Lab) -> Setup:
    """Somebody made the registry's certificate with one openssl command: it signed itself.

    There is no CA behind it. Trust that one certificate, or better: have one issued.
    """
    leaf = Authority.self_signed_leaf("localhost")
    return lab.client(lab.index(leaf), needs=leaf)


@scenario(expects={"missing-intermediate"}, wrong={"untrusted-root", "bundle-stale"})
def missing_intermediate(lab: Lab) -> Setup:
    """The admin installed the leaf and left out the second file the CA had sent.

    pip trusts the root, and nothing leads from the leaf to it. Browsers fetch what is missing
    from the address in the leaf (here on loopback); pip does not. The server must send it.
    """
    root, issuing = corporate()
    lab.publish("issuing.cer", issuing.der)
    leaf = issuing.leaf("localhost", aia=lab.url_of("issuing.cer"))
    return lab.client(lab.index(leaf), trusts=root)


@scenario(expects={"intercepting-proxy"}, wrong={"untrusted-root", "self-signed-leaf"})
def intercepting_proxy(lab: Lab) -> Setup:
    """A proxy (a real mitmproxy) opens the traffic to pypi.org and signs it again.

    The certificate of a public host comes from a private CA. The CA file is the proxy's own root.
    Nothing leaves this machine: the lab's registry answers for pypi.org.
    """
    proxy = lab.interceptor({"pypi.org": lab.registry()})
    return lab.client("https://pypi.org/simple/", needs=proxy.ca_file, HTTPS_PROXY=proxy.url)


@scenario(expects={"bundle-not-found"}, wrong={"untrusted-root"})
def bundle_not_found(lab: Lab) -> Setup:
    """PIP_CERT names a file that was never copied to this machine.

    pip stops before it connects. The CA file of the lab is the one that should be there.
    """
    root, issuing = corporate()
    gone = str(lab.folder / "corp-ca.pem")
    url = lab.index(issuing.leaf("localhost"), issuing)
    return lab.client(url, needs=root, PIP_CERT=gone)


@scenario(expects={"bundle-invalid"}, wrong={"untrusted-root"})
def bundle_invalid(lab: Lab) -> Setup:
    """The CA file came from a Windows colleague: it is DER, and pip reads PEM.

    `openssl x509 -inform DER -in corp-ca.cer` turns it into PEM.
    """
    root, issuing = corporate()
    der = lab.file("corp-ca.cer", root.der)
    url = lab.index(issuing.leaf("localhost"), issuing)
    return lab.client(url, needs=root, PIP_CERT=str(der))


@scenario(
    expects={"bundle-incomplete"},
    wrong={"missing-intermediate", "setting-ignored"},
    truth=lambda pip, python: Truth(
        codes=frozenset({"untrusted-root" if _ADDS(pip, python) else "bundle-incomplete"}),
        pip_fails=True,
    ),
)
def bundle_incomplete(lab: Lab) -> Setup:
    """PIP_CERT serves the first index alone; the other's CA is on this machine, elsewhere.

    Where the bundle replaces pip's own store (before pip 24.2, or Python 3.9), the second index is
    cut off by it. Newer pips add the bundle to their store, and lack the second CA none the less.
    It lies where mkcert puts its root, below the HOME of this scenario.
    """
    root, issuing = corporate()
    other = Authority.root("Developer Root CA")
    lab.file("home/.local/share/mkcert/rootCA.pem", other.pem)
    first = lab.index(issuing.leaf("localhost"), issuing, app=lab.packages(BILLING))
    second = lab.index(other.leaf("localhost"), app=lab.packages(LEDGER))
    home = str(lab.folder / "home")
    needed = lab.ca_file(root, other, name="both.pem")
    return lab.client(first, second, trusts=root, needs=needed, package="ledger", HOME=home)


@scenario(expects={"bundle-stale"}, wrong={"untrusted-root", "bad-signature"})
def bundle_stale(lab: Lab) -> Setup:
    """The CA got a new key last month; the bundle on this machine has the old certificate.

    Same name, another key. Add the CA's new certificate to the bundle.
    """
    old = Authority.root()
    new = old.rotated()
    issuing = new.intermediate()
    url = lab.index(issuing.leaf("localhost"), issuing, new)
    needed = lab.ca_file(new, name="new.pem")
    return lab.client(url, trusts=old, needs=needed)


@scenario(expects={"untrusted-root", "setting-ignored"})
def setting_ignored(lab: Lab) -> Setup:
    """The CA file stands in pip.conf, in a section that pip does not read: [pip].

    pip reads [global] and the section of its command. So the CA stays untrusted.
    """
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing, root)
    settings = lab.file("misplaced.conf", f"[pip]\ncert = {lab.ca_file(root)}\n")
    needed = lab.folder / "ca.pem"
    return lab.client(url, needs=needed, PIP_CONFIG_FILE=str(settings))


@scenario(
    expects={"untrusted-root", "setting-ignored"},
    truth=lambda pip, python: (
        Truth(pip_fails=False)
        if _ADDS(pip, python)
        else Truth(codes=frozenset({"untrusted-root", "setting-ignored"}), pip_fails=True)
    ),
)
def setting_ignored_by_age(lab: Lab) -> Setup:
    """SSL_CERT_FILE names the CA file, and this pip may be too old to read that variable.

    pip reads it from 24.2 on, on Python 3.10 and later.
    """
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing, root)
    bundle = lab.ca_file(root)
    return lab.client(url, needs=bundle, SSL_CERT_FILE=str(bundle))


@scenario(expects={"bad-signature"}, wrong={"bundle-stale", "untrusted-root"})
def bad_signature(lab: Lab) -> Setup:
    """One bit of the certificate's signature was lost on the way to the server.

    The certificate has to be installed again, from the file that the CA sent.
    """
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost", damaged=True), issuing)
    return lab.client(url, trusts=root)


@scenario(expects={"revoked"}, pip_fails=False)
def revoked(lab: Lab) -> Setup:
    """The CA took the certificate back, and the registry still shows it.

    pip does not look at revocation lists; browsers and proxies may. The list is on loopback.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", crl_url=lab.url_of("issuing.crl"))
    lab.publish("issuing.crl", issuing.crl(leaf, this_update=in_days(-3), next_update=in_days(4)))
    return lab.client(lab.index(leaf, issuing), trusts=root)
