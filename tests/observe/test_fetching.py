"""Servers of certificates and lists that never come to an end: the fetch does."""

import time

import pytest

from certmend.lab import raw
from certmend.observe import fetching

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
    assert took < 3
