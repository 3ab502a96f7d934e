"""A loopback TCP server in threads that really stops: what the lab's own servers stand on.

Every connection has its thread; every socket has a time-out; `stop` closes them all and waits
for their threads. Nothing is written to stderr when a peer breaks off.
"""

import contextlib
import selectors
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Self

from certmend.errors import UsageError

LOOPBACK = "127.0.0.1"
TIMEOUT = 30.0
"""Seconds that a connection may say nothing."""
_CHUNK = 1 << 16


class Listener:
    """Accepts connections on 127.0.0.1 and gives each to `serve`, in a thread of its own.

    Raises `UsageError` when the port is taken.
    """

    def __init__(self, serve: Callable[[socket.socket], None], *, port: int = 0) -> None:
        self._serve = serve
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        try:
            self._socket = socket.create_server((LOOPBACK, port), backlog=64)
        except OSError as error:
            raise UsageError(
                f"cannot listen on {LOOPBACK}:{port}: {(error.strerror or str(error)).lower()}",
                "choose another port, or leave --port out",
            ) from None
        self.port: int = self._socket.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, name="certmend-lab", daemon=True)
        self._acceptor.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called: a server that hangs on purpose looks at it."""
        return self._stopping.is_set()

    def wait_for_stop(self, seconds: float) -> bool:
        """Sleep for that long, or until `stop` is called: then True."""
        return self._stopping.wait(seconds)

    def stop(self) -> None:
        """Close the door and every connection, and wait for all threads; twice is harmless."""
        self._stopping.set()
        close(self._socket)
        self._acceptor.join()
        with self._lock:
            connections = dict(self._open)
        for connection in connections:
            # Its own thread closes it: a descriptor that is free again may soon be another's,
            # and OpenSSL would go on writing to it.
            _wake(connection)
        for thread in connections.values():
            thread.join()

    def _accept(self) -> None:
        while not self.stopping:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            connection.settimeout(TIMEOUT)
            thread = threading.Thread(
                target=self._run, args=(connection,), name="certmend-lab", daemon=True
            )
            with self._lock:
                self._open[connection] = thread
            thread.start()

    def _run(self, connection: socket.socket) -> None:
        try:
            # A peer that breaks off is an everyday thing here.
            with contextlib.suppress(OSError):
                self._serve(connection)
        finally:
            close(connection)
            with self._lock:
                self._open.pop(connection, None)


class Server(ABC):
    """One of the lab's servers: it gives `_serve` each connection, and ends with its listener."""

    def __init__(self, port: int) -> None:
        self._listener = Listener(self._serve, port=port)
        self.port = self._listener.port

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End every connection and thread."""
        self._listener.stop()

    @abstractmethod
    def _serve(self, peer: socket.socket) -> None:
        """Answer one connection, which is closed afterwards."""


def close(connection: socket.socket) -> None:
    """Shut a socket down, waking whoever waits for it, and close it."""
    _wake(connection)
    connection.close()


def linger(connection: socket.socket, seconds: float = 1.0) -> None:
    """Send an end, and read what the peer still says until it ends too, for `seconds` at most.

    Closing with bytes unread resets the connection, and the last answer may be lost with it.
    """
    end = time.monotonic() + seconds
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        while (left := end - time.monotonic()) > 0:
            connection.settimeout(left)
            if not connection.recv(_CHUNK):
                return


def _wake(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def relay(one: socket.socket, other: socket.socket, owner: Listener) -> None:
    """Carry bytes both ways until either side ends or `owner` is stopped."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(one, selectors.EVENT_READ, other)
        waiting.register(other, selectors.EVENT_READ, one)
        while not owner.stopping:
            for key, _ in waiting.select(0.2):
                source: socket.socket = key.fileobj  # type: ignore[assignment]
                data = source.recv(_CHUNK)
                if not data:
                    return
                key.data.sendall(data)
