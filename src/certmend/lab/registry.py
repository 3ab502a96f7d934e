"""A package registry over plain HTTP on loopback: pypiserver, or whatever application is given.

What stands before it (a TLS front, a proxy) is another module's. Applications that do what
pypiserver cannot are in `certmend.lab.pages`.
"""

import io
import socket
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Self
from wsgiref.simple_server import WSGIRequestHandler

from certmend.errors import CertmendError
from certmend.lab.listener import LOOPBACK, Listener
from certmend.lab.wheels import Wheel

Environ = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], Any]
App = Callable[[Environ, Start], Iterable[bytes]]
"""A WSGI application (PEP 3333)."""


class Registry:
    """An application served on loopback while this context manager is open.

    `secure` says that TLS stands before it: pypiserver writes that into its redirects.
    """

    def __init__(self, app: App, *, port: int = 0, secure: bool = True) -> None:
        self._app = app
        self._listener = Listener(self._serve, port=port)
        self.port = self._listener.port
        self.base_environ = {
            "SERVER_NAME": LOOPBACK,
            "SERVER_PORT": str(self.port),
            "SCRIPT_NAME": "",
            "CONTENT_LENGTH": "",
            "HTTPS": "on" if secure else "off",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def get_app(self) -> App:
        """The application, for wsgiref's handler."""
        return self._app

    def stop(self) -> None:
        """End every connection and thread."""
        self._listener.stop()

    def _serve(self, peer: socket.socket) -> None:
        _Handler(peer, (LOOPBACK, 0), self)  # type: ignore[arg-type]  # stands for wsgiref's


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  wsgiref's name
        """Say nothing: broken requests are this server's everyday life."""

    def get_stderr(self) -> io.StringIO:
        return io.StringIO()

    def address_string(self) -> str:
        return LOOPBACK


def pypi(folder: Path, *wheels: Wheel, user: str = "", password: str = "") -> App:
    """A pypiserver on a folder, with these wheels put in; with `user`, it answers 401 to others.

    Raises `CertmendError` when pypiserver is not installed.
    """
    pypiserver = _pypiserver()
    folder.mkdir(parents=True, exist_ok=True)
    for wheel in wheels:
        (folder / wheel.name).write_bytes(wheel.content)

    def knows(given_user: str, given_password: str) -> bool:
        return (given_user, given_password) == (user, password)

    app: App = pypiserver.app(
        roots=[folder],
        disable_fallback=True,
        authenticate=["list", "download", "update"] if user else ["update"],
        auther=knows,
    )
    return app


def _pypiserver() -> Any:
    """pypiserver, whose bottle warns while it is imported and leaves an import hook behind."""
    hooks = list(sys.meta_path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pypiserver  # type: ignore[import-untyped]
    except ImportError:
        raise CertmendError(
            "the lab's registry needs pypiserver, which is not installed",
            "install it with `pip install 'certmend[lab]'`",
        ) from None
    finally:
        sys.meta_path[:] = hooks
    return pypiserver
