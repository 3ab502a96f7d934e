import socket
import ssl
import time

import pytest
from handshakes import permissive, reason, verify_code, verifying
from test_listener import connect, lab_threads, talk_on

from certmend.lab import raw
from certmend.lab.raw import RawServer
from certmend.model import wire

RESET_WITHOUT_SNI = 112
"""unrecognized_name (RFC 6066, section 3)."""


def answer(behaviour: raw.Behaviour, size: int = 1 << 16) -> bytes:
    """What the server says to a client that has said something."""
    with RawServer(behaviour) as server, connect(server.port) as client:
        client.sendall(b"\x16\x03\x01\x00\x05hello")
        received = b""
        while len(received) < size and (data := client.recv(1 << 16)):
            received += data
        return received


def test_plain_http_is_no_tls(root):
    assert answer(raw.plain_http("403 Forbidden", b"no")).startswith(b"HTTP/1.1 403 Forbidden\r\n")
    with RawServer(raw.plain_http()) as server:
        assert reason(server.port, verifying(root)) == "WRONG_VERSION_NUMBER"


@pytest.mark.parametrize(
    "content", [b"SSH-2.0-OpenSSH_9.2\r\n", bytes(range(256))], ids=["ssh", "bytes"]
)
def test_bytes_are_said_as_they_are(root, content):
    assert answer(raw.says(content)) == content
    with RawServer(raw.says(content)) as server:
        assert reason(server.port, verifying(root))


def test_a_close_after_the_hello_is_an_end(root):
    assert answer(raw.closes()) == b""
    # Python 3.11 with OpenSSL 3.0 takes it for a notice of the end.
    ends = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionResetError)
    with RawServer(raw.closes()) as server, pytest.raises(ends):
        verify_code(server.port, verifying(root))


def test_a_reset_is_a_reset(root):
    with RawServer(raw.resets()) as server, pytest.raises(ConnectionResetError):
        verify_code(server.port, verifying(root))


def test_an_answer_reaches_a_client_that_talks_on():
    with RawServer(raw.says(b"no")) as server, connect(server.port) as client:
        talk_on(client)
        assert client.recv(9) == b"no"


@pytest.mark.parametrize("description", [40, 70, RESET_WITHOUT_SNI])
def test_an_alert_is_told(root, description):
    names = {
        40: "HANDSHAKE_FAILURE",
        70: "PROTOCOL_VERSION",
        RESET_WITHOUT_SNI: "UNRECOGNIZED_NAME",
    }
    with RawServer(raw.alert(description)) as server:
        assert names[description] in reason(server.port, verifying(root))


def test_a_shown_chain_is_judged_before_the_server_proves_its_key(root, issuing):
    leaf = issuing.leaf("localhost")
    with RawServer(raw.shows([leaf.der])) as server:
        assert verify_code(server.port, verifying(root)) == 20
    sent = answer(raw.shows([leaf.der, issuing.der]))
    assert wire.certificates_sent(sent) == (leaf.der, issuing.der)


def test_a_certificate_that_does_not_parse(root):
    with RawServer(raw.shows([b"\x30\x03\x02\x01"])) as server:
        assert reason(server.port, verifying(root))
        with pytest.raises(ssl.SSLError, match=r"ASN1|asn1|NOT_ENOUGH_DATA|TOO_LONG"):
            verify_code(server.port, verifying(root))


def test_legacy_renegotiation_is_refused_unless_permitted(root):
    stranger = root.rotated().leaf("localhost")
    behaviour = raw.shows([stranger.der], renegotiation_info=False)
    with RawServer(behaviour) as server:
        refused = reason(server.port, verifying(root))
        assert refused == "UNSAFE_LEGACY_RENEGOTIATION_DISABLED"
        context = verifying(root)
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # named from 3.12 on
        assert verify_code(server.port, context) == 20


def test_a_hanging_server_says_nothing():
    with RawServer(raw.hangs()) as server, connect(server.port) as client:
        client.settimeout(0.2)
        client.sendall(b"hello")
        with pytest.raises(TimeoutError):
            client.recv(1)


def test_dripping_looks_like_tls(root):
    with RawServer(raw.drips(0.02)) as server, connect(server.port) as client:
        client.sendall(b"hello")
        received = b""
        while len(received) < 8:
            received += client.recv(1)
        assert wire.looks_like_tls(received)


def test_a_flood_goes_on_past_any_honest_chain():
    received = answer(raw.floods(), 1 << 20)
    assert len(received) >= 1 << 20
    assert wire.looks_like_tls(received)


ENDLESS = {"hangs": raw.hangs(), "drips": raw.drips(), "floods": raw.floods()}


@pytest.mark.parametrize("behaviour", ENDLESS.values(), ids=ENDLESS)
def test_stop_ends_what_never_ends(behaviour):
    before = set(lab_threads())
    server = RawServer(behaviour)
    with connect(server.port) as client:
        client.sendall(b"hello")
        time.sleep(0.1)
        begin = time.monotonic()
        server.stop()
        assert time.monotonic() - begin < 15
    assert set(lab_threads()) == before


def test_broken_connections_are_nothing_to_talk_about(capfd):
    everything = [
        raw.plain_http(),
        raw.closes(),
        raw.resets(),
        raw.drips(0),
        raw.floods(),
        raw.alert(40),
    ]
    for behaviour in everything:
        with RawServer(behaviour) as server:
            for _ in range(3):
                with connect(server.port) as client, socket.socket():
                    client.sendall(b"hello")
            assert reason_or_reset(server.port)
    assert capfd.readouterr() == ("", "")


def reason_or_reset(port: int) -> str:
    try:
        return reason(port, permissive())
    except OSError as error:
        return type(error).__name__
