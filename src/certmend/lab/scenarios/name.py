"""Whom the certificate is for."""

from certmend.lab.lab import Lab, corporate, index_url
from certmend.lab.scenario import Truth, between, scenario
from certmend.lab.setup import Setup

_CRASHES_ON_ADDRESSES = between("24.2", "26.0.1", python="3.10")
"""urllib3 1.26 under truststore: `ValueError: check_hostname requires server_hostname`."""


@scenario(expects={"hostname-mismatch"}, wrong={"untrusted-root", "sni-missing"})
def hostname_mismatch(lab: Lab) -> Setup:
    """The registry is reached as localhost; its certificate is for pypi.corp.example.

    Use the name in the certificate, or have one issued that holds this name.
    """
    root, issuing = corporate()
    leaf = issuing.leaf("pypi.corp.example", "registry.corp.example")
    return lab.client(lab.index(leaf, issuing), trusts=root)


@scenario(expects={"no-san"}, notes={"no-san"}, pip_fails=False)
def no_san(lab: Lab) -> Setup:
    """The name stands in the certificate's common name alone, as in the nineties.

    Every pip accepts it by default; uv, requests, Poetry and twine do not. A note.
    """
    root, issuing = corporate()
    return lab.client(lab.index(issuing.leaf("localhost", without=("san",)), issuing), trusts=root)


@scenario(
    expects={"sni-missing"},
    wrong={"hostname-mismatch", "handshake-failure"},
    truth=lambda pip, python: Truth(
        codes=frozenset(
            {"outdated-client" if _CRASHES_ON_ADDRESSES(pip, python) else "sni-missing"}
        ),
        pip_fails=True,
    ),
)
def sni_missing(lab: Lab) -> Setup:
    """The index is given by its address, and the server hangs up on whoever names no host.

    An address is never sent as a server name. Told `localhost`, the server shows a good
    certificate. pip 24.2 to 26.0.1 on Python 3.10 and later do not even get that far: they crash
    on any address (`outdated-client`).
    """
    root, issuing = corporate()
    leaf = issuing.leaf("localhost", "127.0.0.1")
    named = {"localhost": (leaf, [issuing])}
    port = lab.serve(leaf, issuing, by_name=named, refuse_without_name=True)
    return lab.client(index_url(port, "127.0.0.1"), trusts=root)
