import contextlib
import socket
import ssl
import threading
import time

import pytest
from handshakes import connected, permissive, reason, shown, verify_code, verifying
from OpenSSL import SSL
from test_listener import connect, lab_threads, talk_on

from certmend.lab.front import Front
from certmend.lab.listener import Listener
from certmend.lab.pki import Authority

TLS10, TLS11, TLS12, TLS13 = (0x0301, 0x0302, 0x0303, 0x0304)
REQUEST = b"GET /simple/billing/ HTTP/1.0\r\n\r\n"


def fetched(port: int, context: ssl.SSLContext, name: str | None = "localhost") -> bytes:
    with connected(port, context, name) as session:
        session.sendall(REQUEST)
        received = b""
        while data := session.recv(1 << 16):
            received += data
        return received


def test_plain_bytes_reach_the_backend_and_come_back(backend, root, issuing):
    with Front(backend, issuing.leaf("localhost"), [issuing]) as front:
        answer = fetched(front.port, verifying(root))
    assert b" 200 OK" in answer
    assert b"billing-1.0" in answer


def test_many_clients_at_once(backend, root):
    answers = []
    with Front(backend, root.leaf("localhost")) as front:
        clients = [
            threading.Thread(target=lambda: answers.append(fetched(front.port, verifying(root))))
            for _ in range(12)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    assert len([one for one in answers if b"billing-1.0" in one]) == 12


@pytest.mark.parametrize(
    ("version", "name"),
    [(TLS10, "TLSv1"), (TLS11, "TLSv1.1"), (TLS12, "TLSv1.2"), (TLS13, "TLSv1.3")],
)
@pytest.mark.parametrize("key", ["p256", "rsa2048"])
def test_one_protocol_version_alone(root, version, name, key):
    leaf = root.leaf("localhost", key=key)
    with Front(None, leaf, minimum_version=version, maximum_version=version) as front:
        with connected(front.port, permissive()) as session:
            assert session.version() == name
        if version < TLS12:
            assert reason(front.port, verifying(root)) in _NO_VERSION


_NO_VERSION = {
    "UNSUPPORTED_PROTOCOL",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED",  # OpenSSL 3.0 without a minimum of its own
}


def test_no_cipher_in_common(root):
    with Front(
        None, root.leaf("localhost"), maximum_version=TLS12, ciphers="AES128-SHA:@SECLEVEL=0"
    ) as front:
        assert "HANDSHAKE_FAILURE" in reason(front.port, verifying(root))


@pytest.mark.parametrize("changes", [{"key": "rsa1024"}, {"key": "rsa2048", "digest": "sha1"}])
def test_weak_credentials_are_served(changes):
    root = Authority.root(**changes)
    middle = root.intermediate(**changes)
    leaf = middle.leaf("localhost", **changes)
    with Front(None, leaf, [middle, root]) as front:
        assert shown(front.port) == [leaf.der, middle.der, root.der]
        assert verify_code(front.port, verifying(root)) in {66, 67, 68}


def test_a_chain_is_sent_as_it_was_given(root, issuing):
    """Out of order, with a stranger and a repetition in it."""
    leaf, stranger = issuing.leaf("localhost"), Authority.root("Other Root CA")
    chain = [root, stranger.der, issuing, leaf, issuing]
    with Front(None, leaf, chain) as front:
        expected = [root.der, stranger.der, issuing.der, leaf.der, issuing.der]
        assert shown(front.port) == [leaf.der, *expected]
        assert verify_code(front.port, verifying(root)) == 0


def test_asking_for_client_certificates_does_not_complete_the_chain(root, issuing):
    """The CA for clients may be the very intermediate that the server leaves out."""
    leaf = issuing.leaf("localhost")
    with Front(None, leaf, client_ca=issuing) as front:
        assert shown(front.port) == [leaf.der]
        assert verify_code(front.port, verifying(root)) == 20


def test_two_hundred_certificates(root):
    leaf = root.leaf("localhost")
    with Front(None, leaf, [root.der] * 199) as front:
        assert len(shown(front.port)) == 200
        assert verify_code(front.port, verifying(root)) == 0


def test_the_name_chooses_the_credential(root):
    by_name = {"other.example": (root.leaf("other.example"), ())}
    with Front(None, root.leaf("localhost"), by_name=by_name) as front:
        for name in ("localhost", "other.example"):
            assert verify_code(front.port, verifying(root), name) == 0
        assert verify_code(front.port, verifying(root), "third.example") == 62


@pytest.mark.parametrize("version", [TLS12, TLS13])
@pytest.mark.parametrize("name", [None, "third.example"])
def test_without_a_known_name_there_is_an_alert(root, version, name):
    by_name = {"localhost": (root.leaf("localhost"), ())}
    with Front(
        None,
        root.leaf("default.example"),
        by_name=by_name,
        refuse_without_name=True,
        maximum_version=version,
    ) as front:
        assert verify_code(front.port, verifying(root), "localhost") == 0
        context = verifying(root)
        context.check_hostname = False
        assert "HANDSHAKE_FAILURE" in reason(front.port, context, name)


@pytest.mark.parametrize("version", [TLS12, TLS13])
def test_a_client_certificate_is_asked_for(backend, root, tmp_path, version):
    clients = Authority.root("Corp Client CA")
    with Front(
        backend, root.leaf("localhost"), client_ca=clients, maximum_version=version
    ) as front:
        assert reason(front.port, verifying(root)) in _REFUSED[version]
        strangers = Authority.root("Other CA").leaf("me", extended_key_usage=("client_auth",))
        assert "UNKNOWN_CA" in reason(front.port, _presenting(strangers, root, tmp_path))
        me = clients.leaf("me", extended_key_usage=("client_auth",))
        assert b"billing-1.0" in fetched(front.port, _presenting(me, root, tmp_path))


def test_a_client_that_talks_on_still_reads_why_it_was_refused(root):
    """In TLS 1.3 a client's handshake is over before the server refuses its certificate."""
    clients = Authority.root("Corp Client CA")
    with (
        Front(None, root.leaf("localhost"), client_ca=clients) as front,
        connected(front.port, verifying(root)) as session,
    ):
        talk_on(session)
        with pytest.raises(ssl.SSLError, match="(?i)certificate required"):
            session.recv(1)


# OpenSSL answers an empty Certificate message of TLS 1.2 with handshake_failure.
_REFUSED = {
    TLS12: {"SSLV3_ALERT_HANDSHAKE_FAILURE", "SSL/TLS_ALERT_HANDSHAKE_FAILURE"},
    TLS13: {"TLSV13_ALERT_CERTIFICATE_REQUIRED"},
}


def _presenting(me, root, folder) -> ssl.SSLContext:
    (folder / "me.pem").write_text(me.pem + me.key_pem)
    context = verifying(root)
    context.load_cert_chain(folder / "me.pem")
    return context


def test_versions_of_the_standard_library_will_do(root):
    limits = {
        "minimum_version": ssl.TLSVersion.TLSv1_2,
        "maximum_version": ssl.TLSVersion.TLSv1_2,
    }
    with (
        Front(None, root.leaf("localhost"), **limits) as front,
        connected(front.port, verifying(root)) as session,
    ):
        assert session.version() == "TLSv1.2"
    assert ssl.TLSVersion.TLSv1_2 == SSL.TLS1_2_VERSION


def test_stop_ends_open_connections_and_leaves_no_thread(backend, root):
    before = set(lab_threads())
    front = Front(backend, root.leaf("localhost"))
    with connect(front.port), connected(front.port, verifying(root)) as session:
        time.sleep(0.1)
        begin = time.monotonic()
        front.stop()
        assert time.monotonic() - begin < 15
        with contextlib.suppress(OSError):
            assert session.recv(1) == b""
    assert set(lab_threads()) == before


def test_broken_handshakes_are_nothing_to_talk_about(root, capfd):
    with (
        Listener(lambda peer: peer.sendall(peer.recv(99))) as backend,
        Front(backend.port, root.leaf("localhost")) as front,
    ):
        for content in (b"", b"GET / HTTP/1.0\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", bytes(2000)):
            with connect(front.port) as client:
                client.sendall(content)
        assert verify_code(front.port, verifying(Authority.root("Other Root CA")))
        with connected(front.port, verifying(root)) as session:
            session.sendall(REQUEST)
    assert capfd.readouterr() == ("", "")


def test_a_backend_that_is_gone_ends_the_connection(root):
    with connect_refused() as port, Front(port, root.leaf("localhost")) as front:
        assert reason(front.port, verifying(root)) in {"", "UNEXPECTED_EOF_WHILE_READING"}


@contextlib.contextmanager
def connect_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]
