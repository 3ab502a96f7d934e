"""The index behind a good connection, and the client before it."""

from urllib.parse import urlsplit

import msgspec

from certmend.lab import pages, wrapper
from certmend.lab.lab import Lab, corporate, index_url
from certmend.lab.scenario import between, only_where, scenario
from certmend.lab.setup import Setup
from certmend.lab.wheels import BILLING, build


@scenario(expects={"auth-required"}, wrong={"not-an-index"})
def auth_required(lab: Lab) -> Setup:
    """The registry wants a user and a password (401), and the URL has none.

    The connection is fine and verified. Give credentials: URL, netrc or keyring.
    """
    root, issuing = corporate()
    app = lab.packages(user="reader", password="let me in")  # noqa: S106  a lab's
    return lab.client(lab.index(issuing.leaf("localhost"), issuing, app=app), trusts=root)


@scenario(expects={"auth-required"}, wrong={"not-an-index"})
def forbidden(lab: Lab) -> Setup:
    """The registry answers 403 to everybody who is not in the right group.

    pip asks keyring only after a 401, so it never sends what it may have.
    """
    root, issuing = corporate()
    app = pages.answering("403 Forbidden", b"you are not in the group")
    return lab.client(lab.index(issuing.leaf("localhost"), issuing, app=app), trusts=root)


@scenario(expects={"not-an-index"}, wrong={"package-not-found", "auth-required"})
def not_an_index(lab: Lab) -> Setup:
    """The URL leads to the single sign-on's page, which answers 200 to everything.

    Correct the URL; most index roots end in /simple/.
    """
    root, issuing = corporate()
    app = pages.login_page()
    return lab.client(lab.index(issuing.leaf("localhost"), issuing, app=app), trusts=root)


@scenario(expects={"not-an-index"}, wrong={"package-not-found", "auth-required"})
def wrong_path(lab: Lab) -> Setup:
    """The URL lacks the end that this registry wants: everything there answers 404.

    The index is at /simple/, not at /pypi/.
    """
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing)
    return lab.client(url.replace("/simple/", "/repository/pypi/"), trusts=root)


@scenario(expects={"package-not-found"}, wrong={"not-an-index", "mixed-indexes"})
def package_not_found(lab: Lab) -> Setup:
    """Everything works; the package was never published to this index.

    No TLS problem at all: check the name.
    """
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing)
    return lab.client(url, trusts=root, package="billing-reports")


@scenario(expects={"mixed-indexes"}, pip_fails=False)
def mixed_indexes(lab: Lab) -> Setup:
    """Somebody published a `billing` 99.0 on the other index, and pip takes it.

    pip does not prefer an index: the highest version of any of them wins (dependency confusion).
    """
    root, issuing = corporate()
    names = {"pypi.corp.example": BILLING, "packages.example": build("billing", "99.0")}
    routes = {
        name: lab.serve(issuing.leaf(name), issuing, app=lab.packages(wheel))
        for name, wheel in names.items()
    }
    way = lab.proxy(routes)
    urls = [f"https://{name}/simple/" for name in names]
    return lab.client(*urls, trusts=root, HTTPS_PROXY=way.url)


@scenario(expects={"insecure-http"}, wrong={"not-an-index", "package-not-found"})
def insecure_http(lab: Lab) -> Setup:
    """The index is used over plain HTTP, from the days when that was common.

    pip ignores it: anyone on the way could replace packages. Write https:// in the URL.
    """
    way = lab.proxy({"pypi.corp.example": lab.registry(secure=False)})
    return lab.client("http://pypi.corp.example/simple/", HTTP_PROXY=way.url, http_proxy=way.url)


@scenario(
    expects={"verification-disabled"},
    notes={"untrusted-root"},
    wrong={"intercepting-proxy"},
    pip_fails=False,
)
def verification_disabled(lab: Lab) -> Setup:
    """Somebody set PIP_TRUSTED_HOST when the certificate was not trusted, and forgot it.

    pip works, and checks nothing on this host: anyone on the network can replace packages.
    """
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing)
    # The port is needed up to pip 19.2.
    return lab.client(url, needs=root, PIP_TRUSTED_HOST=urlsplit(url).netloc)


@scenario(expects={"no-ssl-module"}, wrong={"unreachable"})
def no_ssl_module(lab: Lab) -> Setup:
    """This Python was built on a machine without OpenSSL's headers: it has no ssl.

    The wrapper starts a Python whose `_ssl` cannot be imported. No setting helps: another Python.
    """
    root, issuing = corporate()
    made = lab.client(lab.index(issuing.leaf("localhost"), issuing), trusts=root)
    return msgspec.structs.replace(made, python=wrapper.without_ssl(lab))


@scenario(
    expects={"outdated-client"},
    wrong={"hostname-mismatch", "sni-missing"},
    truth=only_where(between("24.2", "26.0.1", python="3.10"), {"outdated-client"}),
)
def outdated_client(lab: Lab) -> Setup:
    """The index is given by its address, and the certificate holds that address.

    pip 24.2 to 26.0.1 on Python 3.10 and later crash on it; every other pip works.
    """
    root, issuing = corporate()
    port = lab.serve(issuing.leaf("localhost", "127.0.0.1"), issuing)
    return lab.client(index_url(port, "127.0.0.1"), trusts=root)
