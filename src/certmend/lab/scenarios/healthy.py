"""Nothing is wrong: what must not raise an alarm."""

from urllib.parse import quote

from certmend.lab import pages
from certmend.lab.lab import Lab, corporate, index_url
from certmend.lab.scenario import scenario
from certmend.lab.setup import Setup
from certmend.lab.wheels import BILLING

_USER, _WORD = "reader", "let me in"


@scenario(pip_fails=False)
def healthy(lab: Lab) -> Setup:
    """All is well: an internal CA that pip was told to trust."""
    root, issuing = corporate()
    return lab.client(lab.index(issuing.leaf("localhost"), issuing), trusts=root)


@scenario(pip_fails=False, wrong={"not-an-index"})
def healthy_artifactory_like(lab: Lab) -> Setup:
    """The index's root answers 404, and its package pages work, as with some Artifactories."""
    root, issuing = corporate()
    app = pages.without_root(lab.packages())
    return lab.client(lab.index(issuing.leaf("localhost"), issuing, app=app), trusts=root)


@scenario(pip_fails=False, wrong={"proxy", "intercepting-proxy"})
def healthy_proxy(lab: Lab) -> Setup:
    """All traffic goes through a proxy that asks for a password, and has the right one."""
    root, issuing = corporate()
    port = lab.serve(issuing.leaf("pypi.corp.example"), issuing)
    proxy = lab.proxy({"pypi.corp.example": port}, credentials=f"{_USER}:{_WORD}")
    given = proxy.url.replace("//", f"//{_USER}:{quote(_WORD)}@")
    return lab.client("https://pypi.corp.example/simple/", trusts=root, HTTPS_PROXY=given)


@scenario(pip_fails=False, wrong={"auth-required"})
def healthy_auth(lab: Lab) -> Setup:
    """The index wants credentials, and the URL has them."""
    root, issuing = corporate()
    app = lab.packages(user=_USER, password=_WORD)
    url = lab.index(issuing.leaf("localhost"), issuing, app=app)
    return lab.client(url.replace("//", f"//{_USER}:{quote(_WORD)}@", 1), trusts=root)


@scenario(
    pip_fails=False,
    wrong={"not-an-index"},
    suits=lambda pip, _: pip.release >= (22, 2),
)
def healthy_json(lab: Lab) -> Setup:
    """The index speaks JSON alone (PEP 691), which pip reads from 22.2 on."""
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing, app=pages.as_json([BILLING]))
    return lab.client(url, trusts=root)


@scenario(pip_fails=False)
def healthy_redirect(lab: Lab) -> Setup:
    """The index moved: the old host redirects to the new one, and both are trusted."""
    root, issuing = corporate()
    target = index_url(lab.serve(issuing.leaf("localhost"), issuing)).removesuffix("/simple/")
    url = lab.index(issuing.leaf("localhost"), issuing, app=pages.redirecting(target))
    return lab.client(url, trusts=root)


@scenario(pip_fails=False)
def healthy_untidy_chain(lab: Lab) -> Setup:
    """The chain has the root in it, a stranger too, and the wrong order: OpenSSL sorts it out."""
    root, issuing = corporate()
    _, stranger = corporate(common_name="Somebody Else's CA")
    url = lab.index(issuing.leaf("localhost"), root, stranger, issuing)
    return lab.client(url, trusts=root)
