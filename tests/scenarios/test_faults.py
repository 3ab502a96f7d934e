"""Every fault: real pip fails on it, and certmend names its cause and no other."""

import datetime as dt
import json
import subprocess
from pathlib import Path

import pytest
from interpreters import Interpreter

from certmend.lab import raw
from certmend.lab.front import Front
from certmend.lab.pki import Authority, pem_bundle

PAST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
FUTURE = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
TLS11, TLS12 = 0x0302, 0x0303


class Broken:
    """What the faults are made from: a backend, a root that the client trusts, its issuing CA."""

    def __init__(self, backend: int, root: Authority, issuing: Authority, folder: Path) -> None:
        self.backend, self.root, self.issuing, self.folder = backend, root, issuing, folder
        self.trusted = folder / "ca.pem"
        self.trusted.write_text(root.pem)

    def front(self, leaf=None, chain=None, **options):
        leaf = leaf or self.issuing.leaf("localhost")
        return Front(self.backend, leaf, (self.issuing,) if chain is None else chain, **options)

    def leaf(self, **profile):
        return self.front(self.issuing.leaf("localhost", **profile))

    def below(self, **profile):
        issuing = self.root.intermediate("Broken CA", **profile)
        return self.front(issuing.leaf("localhost"), (issuing,))

    def file(self, content: bytes) -> dict[str, str]:
        path = self.folder / "bundle.pem"
        path.write_bytes(content)
        return {"PIP_CERT": str(path)}


def trusting(server):
    """The client's bundle holds the lab's root."""
    return lambda b: (server(b), {"PIP_CERT": str(b.trusted)})


def rotated(b):
    new = b.root.rotated()
    return b.front(new.leaf("localhost"), (new,))


FAULTS = {
    "untrusted-root": lambda b: (b.front(), {}),
    "self-signed-leaf": lambda b: (b.front(Authority.self_signed_leaf("localhost"), ()), {}),
    "bundle-not-found": lambda b: (b.front(), {"PIP_CERT": str(b.folder / "absent.pem")}),
    "bundle-invalid": lambda b: (b.front(), b.file(b"")),
    "bundle-invalid/der": lambda b: (b.front(), b.file(b.root.der)),
    "bundle-invalid/html": lambda b: (b.front(), b.file(b"<!DOCTYPE html><html></html>")),
    "bundle-invalid/cut": lambda b: (b.front(), b.file(b.root.pem.encode()[:300])),
    "bundle-stale": trusting(rotated),
    "bad-signature": trusting(lambda b: b.leaf(damaged=True)),
    "expired": trusting(lambda b: b.leaf(not_after=PAST)),
    "not-yet-valid": trusting(
        lambda b: b.leaf(not_before=FUTURE, not_after=FUTURE + dt.timedelta(days=90))
    ),
    "issuer-expired": trusting(lambda b: b.below(not_after=PAST)),
    "hostname-mismatch": trusting(lambda b: b.front(b.issuing.leaf("pypi.corp.example"))),
    "missing-intermediate/without an address": trusting(lambda b: b.front(chain=())),
    "not-a-ca": trusting(lambda b: b.below(ca=False)),
    "wrong-purpose": trusting(lambda b: b.leaf(extended_key_usage=("client_auth",))),
    "name-constraint": trusting(lambda b: b.below(permitted=("corp.example",))),
    "unsupported-extension": trusting(lambda b: b.leaf(unknown_critical=True)),
    "malformed-certificate": trusting(
        lambda b: raw.RawServer(raw.shows([b.issuing.leaf("localhost").der[:60]]))
    ),
    "weak-crypto": trusting(lambda b: b.leaf(key="rsa1024")),
    "weak-crypto/sha1": trusting(lambda b: b.leaf(digest="sha1")),
    "not-tls": trusting(lambda _: raw.RawServer(raw.plain_http())),
    "not-tls/ssh": trusting(lambda _: raw.RawServer(raw.says(b"SSH-2.0-OpenSSH_9.2\r\n"))),
    "tls-version": trusting(lambda b: b.front(maximum_version=TLS11)),
    "sni-missing": trusting(lambda _: raw.RawServer(raw.alert(112))),
    "handshake-failure": trusting(lambda _: raw.RawServer(raw.alert(40))),
    "legacy-renegotiation": trusting(
        lambda b: raw.RawServer(
            raw.shows([b.issuing.leaf("localhost").der, b.issuing.der], renegotiation_info=False)
        )
    ),
    "client-cert-required": trusting(lambda b: b.front(client_ca=b.root, maximum_version=TLS12)),
    "client-cert-required/tls1.3": trusting(lambda b: b.front(client_ca=b.root)),
    "connection-closed": trusting(lambda _: raw.RawServer(raw.closes())),
    "connection-closed/reset": trusting(lambda _: raw.RawServer(raw.resets())),
    "connection-closed/hang": trusting(lambda _: raw.RawServer(raw.hangs())),
    "connection-closed/drip": trusting(lambda _: raw.RawServer(raw.drips())),
    "expired+hostname-mismatch": trusting(
        lambda b: b.front(b.issuing.leaf("pypi.corp.example", not_after=PAST))
    ),
    "untrusted-root+expired": lambda b: (b.leaf(not_after=PAST), {}),
    "untrusted-root+weak-crypto": lambda b: (b.leaf(key="rsa1024"), {}),
    "untrusted-root+hostname-mismatch": lambda b: (
        b.front(b.issuing.leaf("pypi.corp.example")),
        {},
    ),
    "self-signed-leaf+expired": lambda b: (
        b.front(Authority.self_signed_leaf("localhost", not_after=PAST), ()),
        {},
    ),
    "untrusted-root+setting-ignored": lambda b: (
        b.front(),
        {"NODE_EXTRA_CA_CERTS": str(b.trusted)},
    ),
    "wrong-purpose+expired": trusting(
        lambda b: b.leaf(extended_key_usage=("client_auth",), not_after=PAST)
    ),
    "unsupported-extension+hostname-mismatch": trusting(
        lambda b: b.front(b.issuing.leaf("pypi.corp.example", unknown_critical=True))
    ),
}


@pytest.fixture
def broken(backend, root, issuing, tmp_path) -> Broken:
    return Broken(backend, root, issuing, tmp_path)


def pip_download(pip: Interpreter, url: str, environment: dict[str, str], folder: Path):
    """Real pip, asked once."""
    command = [pip.path, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--retries", "0"]
    command += ["--timeout", "3", "--index-url", url, "-d", str(folder / "dl"), "billing"]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def codes(done) -> set[str]:
    """The errors and warnings of a JSON diagnosis."""
    found = json.loads(done.stdout)["findings"]
    return {one["code"] for one in found if one["severity"] != "note"}


@pytest.mark.parametrize("name", FAULTS)
def test_pip_fails_and_the_cause_is_named(name, pip, broken, run, clean, tmp_path):
    server, variables = FAULTS[name](broken)
    with server:
        url = f"https://localhost:{server.port}/simple/"
        real = pip_download(pip, url, {**clean, **variables}, tmp_path)
        said = run(
            "diagnose", url, "--python", pip.path, "--timeout", "3", "--format", "json", **variables
        )
    assert real.returncode != 0, "the ground truth: pip fails"
    assert "CERTIFICATE" in real.stderr or "billing" in real.stderr or "TLS" in real.stderr
    assert said.returncode == 1, said.stderr
    assert codes(said) == set(name.partition("/")[0].split("+"))


WORKS = {
    "healthy": (trusting(lambda b: b.front()), set()),
    "no-san": (trusting(lambda b: b.leaf(without=("san",))), {"no-san"}),
    "ca-as-leaf": (trusting(lambda b: b.leaf(ca=True)), {"ca-as-leaf"}),
    "no authority key identifier": (trusting(lambda b: b.leaf(without=("aki",))), set()),
    "a CA without key usage": (trusting(lambda b: b.below(without=("key_usage",))), set()),
    "200 certificates": (trusting(lambda b: b.front(chain=[b.issuing] * 200)), set()),
    "a superfluous root": (trusting(lambda b: b.front(chain=(b.issuing, b.root))), set()),
}


@pytest.mark.parametrize("name", WORKS)
def test_no_false_alarm(name, pip, broken, run):
    make, notes = WORKS[name]
    server, variables = make(broken)
    with server:
        url = f"https://localhost:{server.port}/simple/"
        said = run("diagnose", url, "--python", pip.path, "--format", "json", **variables)
    found = json.loads(said.stdout)
    assert said.returncode == 0, said.stdout
    assert found["ok"] is True
    assert {one["code"] for one in found["findings"]} == notes


def test_expiring_soon_is_a_warning(pip, broken, run):
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(days=3)
    with broken.leaf(not_after=soon) as server:
        url = f"https://localhost:{server.port}/simple/"
        said = run(
            "diagnose", url, "--python", pip.path, "--format", "json", PIP_CERT=str(broken.trusted)
        )
    assert codes(said) == {"expiring-soon"}
    assert said.returncode == 0


def test_a_ca_that_stands_in_a_variable_this_pip_does_not_read(pip, broken, run):
    """A bundle that replaces and lacks the CA, which SSL_CERT_FILE's holds."""
    other = broken.folder / "other.pem"
    other.write_text(Authority.root("Other Root CA").pem)
    system = broken.folder / "system.pem"
    system.write_text(pem_bundle(broken.root))
    with broken.front() as server:
        url = f"https://localhost:{server.port}/simple/"
        said = run(
            "diagnose",
            url,
            "--python",
            pip.path,
            "--format",
            "json",
            PIP_CERT=str(other),
            SSL_CERT_FILE=str(system),
        )
    expected = set() if pip.reads_system_store else {"untrusted-root", "setting-ignored"}
    assert codes(said) == expected


def test_hostile_names_change_no_terminal(pip, broken, run):
    name = "pypi\x1b]0;owned\x07\x1b[31m\u202e\u200b[bold]x[/bold]\r\nX: y" + "A" * 100_000
    leaf = broken.issuing.leaf("localhost", common_name=name)
    with broken.front(leaf) as server:
        url = f"https://localhost:{server.port}/simple/"
        for format_name in ("text", "json", "markdown"):
            said = run("diagnose", url, "--python", pip.path, "--format", format_name)
            assert said.returncode == 1, said.stderr
            assert "Traceback" not in said.stderr
            for hostile in ("\x1b", "\u202e", "\u200b", "\x07", "\r"):
                assert hostile not in said.stdout
            assert len(said.stdout) < 50_000
