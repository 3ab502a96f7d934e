"""What every test shares: a clean environment, interpreters, a registry behind TLS."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings
from interpreters import pips

from certmend.lab.pki import Authority

# How long an example takes on a loaded machine says nothing of what it shows.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

PAGE = (
    b'<!DOCTYPE html><html><body><a href="billing-1.0-py3-none-any.whl">billing</a></body></html>'
)


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {"nope": (404, "text/plain"), "auth": (401, "text/plain")}
        status, kind = answers.get(self.path.split("/")[1], (200, "text/html"))
        body = PAGE if status == 200 else b""
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="corp"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def backend() -> Iterator[int]:
    """A plain HTTP index on loopback that TLS fronts stand before."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(scope="session")
def root() -> Authority:
    return Authority.root()


@pytest.fixture(scope="session")
def issuing(root: Authority) -> Authority:
    return root.intermediate()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def clean(home: Path) -> dict[str, str]:
    """An environment in which nothing is set: no trust, no proxy, no configuration file.

    This Python comes first on PATH: a system's own may have no pip.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture(scope="session")
def certmend_command() -> str:
    found = shutil.which("certmend", path=str(Path(sys.executable).parent))
    assert found, "certmend is not installed beside this Python"
    return found


@pytest.fixture
def run(certmend_command: str, clean: dict[str, str], tmp_path: Path):
    """Run certmend as a person would: a process of its own, in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()

    def call(*arguments: str, folder: Path = folder, **variables: str):
        return subprocess.run(
            [certmend_command, *arguments],
            env={**clean, **variables},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return call


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "pip" in metafunc.fixturenames:
        found = pips()
        metafunc.parametrize("pip", found, ids=[one.label for one in found], scope="session")


def pytest_report_header() -> str:
    return "real pips: " + ", ".join(one.label for one in pips())
