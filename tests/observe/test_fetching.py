"""Servers of certificates and lists that never come to an end: the fetch does."""

import time

import pytest

from certmend.lab import pages, raw
from certmend.lab.pki import Authority
from certmend.lab.registry import Registry
from certmend.model.store import TrustStore
from certmend.observe import fetching
from certmend.observe.bundle import Bundle

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n"


def dripping(start):
    """The beginning of an answer at once, then one byte every tenth of a second."""

    def behave(peer, owner):
        peer.recv(1 << 16)
        peer.sendall(start)
        while not owner.wait_for_stop(0.1):
            peer.sendall(b"x")

    return behave


@pytest.mark.parametrize("start", [HEAD + b"\r\n", HEAD, b""], ids=["body", "head", "status"])
def test_a_server_that_drips_is_given_up(start):
    begun = time.monotonic()
    with raw.RawServer(dripping(start)) as server:
        url = f"http://127.0.0.1:{server.port}/ca.cer"
        found = fetching._fetch_certificates(url, 1.0)
        took = time.monotonic() - begun
    assert found.problem == "it took longer than 1 s"
    assert took < 30


def test_every_address_of_an_issuer_is_tried():
    root = Authority.root("AIA Root")
    issuing = root.intermediate("AIA Issuing")
    with (
        Registry(pages.answering("404 Not Found"), secure=False) as bad,
        Registry(
            pages.answering("200 OK", issuing.der, "application/pkix-cert"), secure=False
        ) as good,
    ):
        addresses = tuple(f"http://127.0.0.1:{one.port}/ca.cer" for one in (bad, good))
        leaf = issuing.leaf("localhost", aia=addresses)
        fetched, _ = fetching.complete([(leaf.der,)], [], 5.0)
    assert [one.problem for one in fetched] == ["it answered 404", ""]
    assert fetched[1].certificates == (issuing.der,)


def test_a_rotated_issuer_in_a_store_is_not_the_issuer():
    """A leaf without key identifier names both alike: the signature tells."""
    old = Authority.root("AIA Root").intermediate("AIA Issuing")
    new = old.rotated()
    with Registry(
        pages.answering("200 OK", new.der, "application/pkix-cert"), secure=False
    ) as good:
        leaf = new.leaf("localhost", without=("aki",), aia=f"http://127.0.0.1:{good.port}/ca.cer")
        store = Bundle(store=TrustStore(name="x", path="/x"), certificates=(old.der,))
        fetched, _ = fetching.complete([(leaf.der,)], [store], 5.0)
    assert [one.certificates for one in fetched] == [(new.der,)]
