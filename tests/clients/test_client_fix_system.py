"""Clients and the system's trust store: the CA put there, or there already; all of it undone.

Each test runs where /etc/ssl and /usr/local/share/ca-certificates are copies.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from test_client_fix import QUICK, Place, place

from certmend.lab.lab import Lab

NAMESPACE = ["unshare", "--mount", "--propagation", "private"]
COPIED = ("/etc/ssl", "/usr/local/share/ca-certificates", "/etc/ca-certificates")
BY_NAME = {name: (name, version, python) for name, version, python in QUICK}

_FAILS = 'fails() { if "$@"; then echo "it works: $*"; exit 1; fi; }'


def may_mount() -> bool:
    if not shutil.which("unshare") or not shutil.which("update-ca-certificates"):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not may_mount(), reason="no mount namespace, or no Debian")


def run(there: Place, script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    mounts = []
    for number, path in enumerate(COPIED):
        if Path(path).exists():
            shutil.copytree(path, folder / str(number), symlinks=True)
            mounts.append(f"mount --bind {folder / str(number)} {path}")
    return subprocess.run(
        [*NAMESPACE, "sh", "-e", "-c", "\n".join((*mounts, _FAILS, script))],
        env={**there.environment, "PATH": f"{there.environment['PATH']}:/usr/sbin:/sbin"},
        cwd=there.project,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


def real(there: Place) -> str:
    """The real client on the internal index, as a line of a shell."""
    url, program = there.internal, there.client.program
    return {
        "uv": f"{program} pip install --dry-run --no-deps --no-cache -q "
        f"--python {there.client.python} --index-url {url} billing",
        "curl": f"{program} -sS -o {os.devnull} {url}",
    }[there.client.name]


def without_bundle(lab: Lab, name: str, tmp_path: Path) -> tuple[Place, str]:
    """The client with its own roots, and nothing in variables and files."""
    there, fingerprint = place(lab, BY_NAME[name], "own.pem", tmp_path)
    there.environment.pop("SSL_CERT_FILE", None)
    (tmp_path / "home/.curlrc").unlink(missing_ok=True)
    return there, fingerprint


@pytest.mark.parametrize("name", ["uv", "curl"])
def test_the_ca_goes_into_the_systems_store_and_out_again(name, certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint = without_bundle(lab, name, tmp_path)
        before = there.files()
        asked = " ".join((*there.asked()[:-1], f"--fingerprint {fingerprint}"))
        script = f"""
            fails {real(there)}
            cat /etc/ssl/certs/*.* | sha256sum > before
            {certmend_command} fix {asked} --method system-store --yes
            {real(there)}
            {certmend_command} undo
            cat /etc/ssl/certs/*.* | sha256sum > after
            cmp before after
            fails {real(there)}
            rm before after
        """
        done = run(there, script, tmp_path)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        assert there.files() == before


@pytest.mark.parametrize("method", ["", "--method truststore"])
def test_uv_is_told_to_read_the_systems_store_where_that_holds_the_ca(
    method, certmend_command, tmp_path
):
    """By itself, too: a file cures uv for good, a variable only where it is set."""
    with Lab() as lab:
        there, _ = without_bundle(lab, "uv", tmp_path)
        before = there.files()
        script = f"""
            cp {tmp_path}/corp.crt /usr/local/share/ca-certificates/corp.crt
            update-ca-certificates > {os.devnull}
            fails {real(there)}
            {certmend_command} fix {" ".join(there.asked()[:-1])} {method} --yes
            grep -q 'system-certs = true' {tmp_path}/home/.config/uv/uv.toml
            {real(there)}
            {certmend_command} undo
            fails {real(there)}
        """
        done = run(there, script, tmp_path)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        assert there.files() == before
