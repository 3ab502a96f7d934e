"""A real squid on loopback: a forward proxy that serves, asks, refuses or re-signs."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from certmend.lab.pki import Authority

_LIBRARY = Path("/usr/lib/squid")
_SERVES = """\
http_port 127.0.0.1:{port} {bump}
hosts_file {folder}/hosts
pid_filename {folder}/pid
cache_log {folder}/log
coredump_dir {folder}
access_log none
cache deny all
visible_hostname proxy.corp.example
shutdown_lifetime 0 seconds
{access}
"""
_ASKS = """\
auth_param basic program {library}/basic_ncsa_auth {folder}/passwords
auth_param basic realm corp
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all"""
_BUMPS = """\
sslcrtd_program {library}/security_file_certgen -s {folder}/certificates -M 4MB
tls_outgoing_options cafile={folder}/upstream.pem
ssl_bump bump all
http_access allow all"""


def needed() -> None:
    """Skip where this machine has no squid that can re-sign."""
    if shutil.which("squid") is None or not (_LIBRARY / "security_file_certgen").exists():
        pytest.skip("squid-openssl is not installed (Debian package): a real forward proxy")


@contextlib.contextmanager
def running(folder: Path, manner: str, names: tuple[str, ...]) -> Iterator[str]:
    """A squid to these names on loopback, as `serves`, `asks`, `refuses`; the proxy's URL."""
    access = {"serves": "http_access allow all", "asks": _ASKS, "refuses": "http_access deny all"}
    (folder / "passwords").write_text("reader:$apr1$lab$KPlHi586i6wfykX1jfSoq0\n")
    with _started(folder, access[manner], "", names) as url:
        yield url


@contextlib.contextmanager
def resigning(
    folder: Path, ca: Authority, upstream: Authority, names: tuple[str, ...]
) -> Iterator[str]:
    """A squid that opens TLS and signs again with `ca`; it verifies servers with `upstream`."""
    (folder / "proxy.pem").write_text(ca.pem + ca.key_pem)
    (folder / "upstream.pem").write_text(upstream.pem)
    made = [str(_LIBRARY / "security_file_certgen"), "-c", "-s", str(folder / "certificates")]
    subprocess.run([*made, "-M", "4MB"], check=True, capture_output=True, timeout=20)
    bump = f"ssl-bump tls-cert={folder}/proxy.pem generate-host-certificates=on"
    with _started(folder, _BUMPS, bump, names) as url:
        yield url


@contextlib.contextmanager
def _started(folder: Path, access: str, bump: str, names: tuple[str, ...]) -> Iterator[str]:
    port = _free_port()
    (folder / "hosts").write_text("".join(f"127.0.0.1 {name}\n" for name in names))
    filled = access.format(folder=folder, library=_LIBRARY)
    settings = folder / "squid.conf"
    settings.write_text(_SERVES.format(port=port, bump=bump, folder=folder, access=filled))
    if os.geteuid() == 0:  # squid gives its rights up, and must reach its files without them
        _hand_over(folder)
    server = subprocess.Popen(
        ["squid", "-N", "-f", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _hand_over(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "proxy", "proxy")
    for above in folder.parents:
        if above.stat().st_uid == os.geteuid() and above.is_relative_to("/tmp"):
            above.chmod(above.stat().st_mode | 0o011)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    words = log.read_text(errors="replace")[-600:] if log.exists() else "nothing"
    raise RuntimeError(f"squid did not start; its log ends with: {words}")
