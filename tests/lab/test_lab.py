import threading

import pytest
from plain import get

from certmend.errors import UsageError
from certmend.lab.lab import Lab, corporate


def test_everything_is_gone_at_the_end():
    before = threading.active_count()
    with Lab() as lab:
        root, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing)
        port = lab.registry()
        lab.proxy({"a.example": port})
        bundle = lab.ca_file(root)
        assert bundle.read_text() == root.pem
        assert url.startswith("https://localhost:")
        assert lab.folder.stat().st_mode & 0o777 == 0o700
        assert threading.active_count() > before
    assert not lab.folder.exists()
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        get(port, "/")


def test_an_exception_stops_it_too():
    with pytest.raises(RuntimeError), Lab() as lab:
        port = lab.registry()
        raise RuntimeError
    assert not lab.folder.exists()
    with pytest.raises(ConnectionRefusedError):
        get(port, "/")


def test_the_wanted_port_is_taken_once():
    with Lab() as first:
        port = first.silent_port()
    root, issuing = corporate()
    leaf = issuing.leaf("localhost")
    with Lab(port=port) as lab:
        assert lab.index(leaf, issuing) == f"https://localhost:{port}/simple/"
        assert lab.index(leaf, issuing) != f"https://localhost:{port}/simple/"
        with Lab(port=port) as other, pytest.raises(UsageError, match="cannot listen"):
            other.index(leaf, root)


def test_a_silent_port_refuses():
    with Lab() as lab, pytest.raises(ConnectionRefusedError):
        get(lab.silent_port(), "/")


def test_published_files_have_a_url_before_they_exist():
    with Lab() as lab:
        url = lab.url_of("ca.crl")
        lab.publish("ca.crl", b"list")
        port = int(url.split(":")[2].split("/")[0])
        assert url.startswith("http://127.0.0.1:")
        assert get(port, "/ca.crl")[2] == b"list"


def test_a_client_trusts_or_needs():
    root, _ = corporate()
    with Lab() as lab:
        trusting = lab.client("https://a.example/", trusts=root)
        assert trusting.environment["PIP_CERT"] == str(trusting.ca_file)
        needing = lab.client(
            "https://a.example/", "https://b.example/", needs=root, HTTPS_PROXY="p"
        )
        assert needing.ca_file is not None
        assert "PIP_CERT" not in needing.environment
        assert needing.environment["PIP_EXTRA_INDEX_URL"] == "https://b.example/"
        assert needing.environment["HTTPS_PROXY"] == "p"
