"""The way to the registry."""

from certmend.lab.lab import Lab, corporate, index_url
from certmend.lab.scenario import scenario
from certmend.lab.setup import Setup


@scenario(expects={"dns"}, wrong={"unreachable"})
def dns(lab: Lab) -> Setup:
    """The index's name resolves inside the company's network alone, and the VPN is off.

    The name is below `.invalid`, which never resolves (RFC 6761).
    """
    return lab.client("https://pypi.invalid/simple/")


@scenario(expects={"unreachable"}, wrong={"connection-closed"})
def unreachable(lab: Lab) -> Setup:
    """The registry is down: nothing listens on its port.

    No certificate is at fault; the connection is refused.
    """
    return lab.client(index_url(lab.silent_port()))


@scenario(expects={"proxy"}, wrong={"auth-required", "untrusted-root"})
def proxy(lab: Lab) -> Setup:
    """The proxy began to ask for a password (407), and HTTPS_PROXY has none.

    Put USER:PASSWORD@ into the proxy's URL.
    """
    root, issuing = corporate()
    port = lab.serve(issuing.leaf("pypi.corp.example"), issuing)
    way = lab.proxy({"pypi.corp.example": port}, credentials="reader:let me in")
    return lab.client("https://pypi.corp.example/simple/", trusts=root, HTTPS_PROXY=way.url)


@scenario(expects={"proxy"}, wrong={"unreachable", "auth-required"})
def proxy_refuses(lab: Lab) -> Setup:
    """The proxy does not let anybody through to the registry (403).

    The network team has to allow the host, or NO_PROXY has to name it.
    """
    root, issuing = corporate()
    port = lab.serve(issuing.leaf("pypi.corp.example"), issuing)
    way = lab.proxy({"pypi.corp.example": port}, manner="refuses")
    return lab.client("https://pypi.corp.example/simple/", trusts=root, HTTPS_PROXY=way.url)
