"""The lab: a folder, servers on loopback and certificate authorities, all gone at the end."""

import contextlib
import shutil
import socket
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from certmend.lab import pages
from certmend.lab.front import Front
from certmend.lab.interceptor import Interceptor
from certmend.lab.pki import Authority, Credential, Leaf, pem_bundle
from certmend.lab.proxy import Proxy
from certmend.lab.raw import Behaviour, RawServer
from certmend.lab.registry import App, Registry, pypi
from certmend.lab.setup import BASE, SETTINGS, Setup
from certmend.lab.wheels import BILLING, LEDGER, Wheel


class Lab:
    """Owns what a scenario starts; use it as a context manager.

    `port` is taken by the first thing that listens for clients; the others take free ports.
    """

    def __init__(self, *, port: int = 0) -> None:
        self._port = port
        self._running = contextlib.ExitStack()
        self._published: dict[str, bytes] = {}
        self._publisher = ""
        # mkdtemp gives the folder to its owner alone: it holds private keys.
        self.folder = Path(tempfile.mkdtemp(prefix="certmend-lab-"))
        self._running.callback(shutil.rmtree, self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop every server, the latest first, and remove the folder."""
        self._running.close()

    def file(self, name: str, content: str | bytes) -> Path:
        """A file in the lab's folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def ca_file(self, *authorities: Credential, name: str = "ca.pem") -> Path:
        """A CA bundle of these certificates."""
        return self.file(name, pem_bundle(*authorities))

    def packages(self, *wheels: Wheel, user: str = "", password: str = "") -> App:
        """A pypiserver with these wheels, by default both of the lab's."""
        folder = Path(tempfile.mkdtemp(prefix="packages-", dir=self.folder))
        return pypi(folder, *(wheels or (BILLING, LEDGER)), user=user, password=password)

    def registry(self, app: App | None = None, *, secure: bool = True) -> int:
        """A registry over plain HTTP, by default a pypiserver: its port."""
        served = Registry(app or self.packages(), secure=secure)
        return self._running.enter_context(served).port

    def serve(
        self, leaf: Leaf, *chain: Credential | bytes, app: App | None = None, **options: Any
    ) -> int:
        """A registry behind TLS (`options`: those of `Front`): its port."""
        backend = self.registry(app)
        front = Front(backend, leaf, chain, port=self._next_port(), **options)
        return self._running.enter_context(front).port

    def index(
        self, leaf: Leaf, *chain: Credential | bytes, app: App | None = None, **options: Any
    ) -> str:
        """The same, as the URL of an index on `localhost`."""
        return index_url(self.serve(leaf, *chain, app=app, **options))

    def raw(self, behaviour: Behaviour) -> str:
        """A misbehaving server, as the URL of an index on `localhost`."""
        server = RawServer(behaviour, port=self._next_port())
        return index_url(self._running.enter_context(server).port)

    def url_of(self, name: str) -> str:
        """The http:// URL at which `publish` puts a file: for a certificate that names it."""
        if not self._publisher:
            port = self.registry(pages.published(self._published), secure=False)
            self._publisher = f"http://127.0.0.1:{port}/"
        return self._publisher + name

    def publish(self, name: str, content: bytes) -> None:
        """Serve a file at `url_of(name)`."""
        self._published[name] = content

    def silent_port(self) -> int:
        """A port that refuses connections: taken, so that nobody else listens on it."""
        taken = self._running.enter_context(socket.socket())
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port

    def proxy(self, routes: Mapping[str, int], **options: Any) -> Proxy:
        """A forward proxy to these hosts (`options`: those of `Proxy`)."""
        return self._running.enter_context(Proxy(routes, port=self._next_port(), **options))

    def interceptor(self, routes: Mapping[str, int]) -> Interceptor:
        """A mitmproxy that re-signs these hosts."""
        folder = self.folder / "mitmproxy"
        made = Interceptor(folder, routes, port=self._next_port())
        return self._running.enter_context(made)

    def client(
        self,
        *index_urls: str,
        trusts: Credential | Iterable[Credential] = (),
        needs: Credential | Path | None = None,
        package: str = "billing",
        **variables: str,
    ) -> Setup:
        """A pip with these indexes, whose PIP_CERT holds what it `trusts`, if anything.

        `needs` is what it would have to trust, and does not.
        """
        trusted = (trusts,) if isinstance(trusts, Credential) else tuple(trusts)
        ca_file = self.ca_file(*trusted) if trusted else None
        if needs is not None:
            ca_file = needs if isinstance(needs, Path) else self.ca_file(needs, name="needed.pem")
        settings = self.file("pip.conf", SETTINGS)
        environment = {
            **BASE,
            "PIP_CONFIG_FILE": str(settings),
            "PIP_INDEX_URL": index_urls[0],
        }
        if index_urls[1:]:
            environment["PIP_EXTRA_INDEX_URL"] = " ".join(index_urls[1:])
        if trusted:
            environment["PIP_CERT"] = str(self.folder / "ca.pem")
        environment.update(variables)
        return Setup(
            index_urls=index_urls, ca_file=ca_file, environment=environment, package=package
        )

    def _next_port(self) -> int:
        port, self._port = self._port, 0
        return port


def index_url(port: int, host: str = "localhost") -> str:
    """The URL of an index on loopback."""
    return f"https://{host}:{port}/simple/"


def corporate(**changes: Any) -> tuple[Authority, Authority]:
    """A root and the intermediate below it; `changes` go to the intermediate."""
    root = Authority.root()
    return root, root.intermediate(**changes)
