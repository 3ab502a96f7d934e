"""A real intercepting proxy: mitmproxy, which re-signs what it is told to and dials nowhere else.

mitmproxy pins its dependencies closely, so it lives in an environment of its own and runs as a
program of its own: `mitmdump`, named by CERTMEND_MITMDUMP or found on PATH. It ends when its
standard input does, so it does not outlive a lab that was killed.
"""

import contextlib
import os
import queue
import re
import shutil
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

from certmend import process
from certmend.errors import CertmendError

VARIABLE = "CERTMEND_MITMDUMP"
_START_SECONDS = 30.0
_LISTENING = re.compile(r"listening at \S*?:(\d+)\b")
_ADDON = '''\
"""Answers from loopback for the hosts of the lab, and for no other."""

import os
import sys
import threading

from mitmproxy import http

ROUTES = {routes!r}


def end_with_the_lab():
    sys.stdin.buffer.read()
    os._exit(0)


def running():
    threading.Thread(target=end_with_the_lab, daemon=True).start()


def http_connect(flow):
    if flow.request.host not in ROUTES:
        flow.response = http.Response.make(403, b"not one of the lab's hosts")


def request(flow):
    port = ROUTES.get(flow.request.pretty_host)
    if port is None:
        flow.response = http.Response.make(403, b"not one of the lab's hosts")
        return
    name = flow.request.pretty_host
    flow.request.scheme, flow.request.host, flow.request.port = "http", "127.0.0.1", port
    flow.request.host_header = name


def server_connect(data):
    if data.server.address and data.server.address[0] != "127.0.0.1":
        data.server.error = "the lab stays on loopback"
'''


class Interceptor:
    """mitmproxy with a CA of its own in `folder`, running while this context manager is open.

    `routes`: host name → port on loopback that answers for it over plain HTTP. Raises
    `CertmendError` when mitmproxy is not installed or does not start.
    """

    def __init__(self, folder: Path, routes: Mapping[str, int], *, port: int = 0) -> None:
        program = find()
        folder.mkdir(parents=True, exist_ok=True)
        addon = folder / "addon.py"
        addon.write_text(_ADDON.format(routes=dict(routes)), encoding="utf-8")
        self.ca_file = folder / "mitmproxy-ca-cert.pem"
        settings = {"confdir": folder, "connection_strategy": "lazy", "upstream_cert": "false"}
        options = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        where = ["--listen-host", "127.0.0.1", "--listen-port", str(port)]
        self._process = process.converse(
            [program, *where, *options, "--scripts", str(addon)], environment=_environment(folder)
        )
        self._said: queue.Queue[str] = queue.Queue()
        self._readers = [
            threading.Thread(target=self._read, args=(stream,), daemon=True)
            for stream in (self._process.stdout, self._process.stderr)
        ]
        for reader in self._readers:
            reader.start()
        try:
            self.port = self._wait_for_port()
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """The value for HTTPS_PROXY."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End mitmproxy, and wait for its end."""
        self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _read(self, stream: IO[bytes]) -> None:
        for line in stream:
            self._said.put(line.decode("utf-8", "replace"))

    def _is_read(self) -> bool:
        """Whether it may still say something: until it has ended and all was read."""
        return any(reader.is_alive() for reader in self._readers)

    def _wait_for_port(self) -> int:
        last = "nothing"
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and (self._is_read() or not self._said.empty()):
            with contextlib.suppress(queue.Empty):
                last = self._said.get(timeout=0.1).strip()
                if found := _LISTENING.search(last):
                    return int(found[1])
        raise CertmendError(f"mitmproxy did not start; it said: {last}", "run `mitmdump` by itself")


def find() -> str:
    """The path of `mitmdump`; raises `CertmendError` when there is none."""
    wanted = os.environ.get(VARIABLE) or "mitmdump"
    found = shutil.which(wanted)
    if found is None:
        raise CertmendError(
            f"the lab's intercepting proxy needs mitmproxy: {wanted} was not found",
            f"install it with `pipx install mitmproxy`, or name mitmdump in {VARIABLE}",
        )
    return found


def _environment(folder: Path) -> dict[str, str]:
    """What mitmproxy needs to run, and none of this machine's proxies."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": path, "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
