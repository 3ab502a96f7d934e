import socket
import threading
import time

import pytest

from certmend.errors import UsageError
from certmend.lab.listener import Listener, linger, relay


def lab_threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "certmend-lab"]


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=5)


def talk_on(client: socket.socket) -> None:
    """Send after the server has answered, with time for a reset to arrive."""
    for _ in range(3):
        client.sendall(b"x" * 10_000)
        time.sleep(0.05)


def test_every_connection_is_served():
    with Listener(lambda peer: peer.sendall(peer.recv(9).upper())) as listener:
        for _ in range(3):
            with connect(listener.port) as client:
                client.sendall(b"hello")
                assert client.recv(9) == b"HELLO"


def test_stop_wakes_who_waits_and_leaves_no_thread():
    before = set(lab_threads())
    listener = Listener(lambda peer: peer.recv(1))
    with connect(listener.port) as client:
        while len(set(lab_threads()) - before) < 2:
            time.sleep(0.01)
        begin = time.monotonic()
        listener.stop()
        listener.stop()
        assert time.monotonic() - begin < 15
        assert client.recv(1) == b""
    assert set(lab_threads()) == before
    with pytest.raises(ConnectionRefusedError):
        connect(listener.port)


def test_a_sleeping_server_is_woken():
    asleep, woken = threading.Event(), []

    def sleeps(_: socket.socket) -> None:
        asleep.set()
        woken.append(listener.wait_for_stop(60))

    listener = Listener(sleeps)
    with connect(listener.port):
        assert asleep.wait(60)
        listener.stop()
    assert woken == [True]
    assert listener.stopping


def test_a_taken_port_is_a_usage_error():
    with Listener(lambda _: None) as listener, pytest.raises(UsageError, match="cannot listen"):
        Listener(lambda _: None, port=listener.port)


def test_an_answer_survives_unread_bytes():
    """Closing at once would reset the connection, and a client that goes on sending fails."""

    def answers(peer: socket.socket) -> None:
        peer.recv(1)
        peer.sendall(b"no")
        linger(peer)

    with Listener(answers) as listener, connect(listener.port) as client:
        talk_on(client)
        assert client.recv(9) == b"no"


def test_lingering_ends_though_the_peer_does_not():
    one, other = socket.socketpair()
    with one, other:
        begin = time.monotonic()
        linger(one, 0.1)
        assert time.monotonic() - begin < 15


def test_a_relay_carries_both_ways_until_one_ends():
    with Listener(lambda peer: peer.sendall(peer.recv(9).upper())) as upstream:

        def carries(peer: socket.socket) -> None:
            with connect(upstream.port) as other:
                relay(peer, other, middle)

        with Listener(carries) as middle, connect(middle.port) as client:
            client.sendall(b"hello")
            assert client.recv(9) == b"HELLO"
            assert client.recv(9) == b""
