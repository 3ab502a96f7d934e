"""Every scenario, met by real pips: it fails or works as its truth says."""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from interpreters import Interpreter
from packaging.version import Version

from certmend.errors import CertmendError
from certmend.lab import interceptor
from certmend.lab.lab import Lab
from certmend.lab.scenario import Scenario, scenarios
from certmend.lab.setup import Setup, environment_for

PIP = ("-m", "pip", "download", "-v", "--no-deps", "--no-cache-dir", "--retries", "0")
BOUND = ("--timeout", "5")
ALL = scenarios()
CAUSES = Path(__file__).parents[3] / "shared" / "causes.md"

# What the newest pip of the clients says, so that it fails for the reason that is meant.
SAYS = {
    "expired": "certificate has expired",
    "not-yet-valid": "certificate is not yet valid",
    "self-signed-leaf": "self.signed certificate",
    "hostname-mismatch": "Hostname mismatch",
    "bad-signature": "certificate signature failure",
    "wrong-purpose": "certificate purpose",
    "name-constraint": "permitted subtree violation",
    "not-a-ca": "invalid CA certificate|CA certificate",
    "path-too-long": "path length constraint exceeded",
    "unsupported-extension": "unhandled critical extension",
    "weak-crypto": "EE_KEY_TOO_SMALL|EE certificate key too weak",
    "weak-digest": "CA_MD_TOO_WEAK|too weak",
    "not-tls": "WRONG_VERSION_NUMBER|wrong version number|record layer failure",
    "tls-version": "UNSUPPORTED_PROTOCOL|unsupported protocol|PROTOCOL_VERSION|protocol version",
    "handshake-failure": "HANDSHAKE_FAILURE|handshake failure",
    "legacy-renegotiation": "UNSAFE_LEGACY_RENEGOTIATION|unsafe legacy renegotiation",
    "client-cert-required": "CERTIFICATE_REQUIRED|certificate required|Connection reset|Broken pipe",
    "connection-closed": "EOF occurred|UNEXPECTED_EOF|unexpected eof",
    "malformed-certificate": "ASN1|asn1|bad ASN|D2I|x509",
    "insecure-http": "not a trusted or secure host",
    "bundle-not-found": "Could not find a suitable TLS CA certificate bundle",
    "no-ssl-module": "ssl module in Python is not available",
    "intercepting-proxy": "self.signed certificate|unable to get local issuer",
    "missing-intermediate": "unable to get local issuer",
    "untrusted-root": "unable to get local issuer",
    "issuer-expired": "certificate has expired",
    "root-expired": "certificate has expired",
}


def versions(client: Interpreter) -> tuple[Version, Version]:
    """Of pip and of Python, as a scenario takes them."""
    pip, python = (".".join(map(str, numbers)) for numbers in (client.pip, client.python))
    return Version(pip), Version(python)


def download(client: Interpreter, setup: Setup, folder: Path) -> tuple[int, str]:
    """pip's exit status and words on a scenario's package."""
    folder.mkdir()
    machine = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    environment = environment_for(setup, {**machine, "CERTMEND_LAB_PYTHON": client.path})
    python = str(setup.python or client.path)
    ended = subprocess.run(
        [python, *PIP, *BOUND, "-d", str(folder / "files"), *setup.arguments, setup.package],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def needs_mitmproxy(one: Scenario) -> None:
    if one.name == "intercepting-proxy":
        try:
            interceptor.find()
        except CertmendError as error:
            pytest.skip(error.message)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_real_pips_meet_what_the_scenario_says(
    one: Scenario, clients: tuple[Interpreter, ...], tmp_path: Path
) -> None:
    needs_mitmproxy(one)
    suited = [client for client in clients if one.suits(*versions(client))]
    if not suited:
        pytest.skip("no pip here can be put into this situation")
    with Lab() as lab, ThreadPoolExecutor(len(suited)) as pool:
        setup = one.build(lab)
        started = [
            pool.submit(download, client, setup, tmp_path / client.label) for client in suited
        ]
        ended = [task.result() for task in started]
    for client, (status, said) in zip(suited, ended, strict=True):
        assert (status != 0) == one.truth(*versions(client)).pip_fails, f"{client.label}: {said}"
    if one.name in SAYS:
        assert re.search(SAYS[one.name], ended[-1][1])


# Before TLS, pip says nothing of the reason when it does not retry.


def test_every_cause_of_the_vocabulary_has_a_scenario() -> None:
    if not CAUSES.exists():
        pytest.skip("the vocabulary is not beside this checkout")
    codes = set(re.findall(r"^\| `([a-z-]+)` \|", CAUSES.read_text(encoding="utf-8"), re.MULTILINE))
    expected = {code for one in ALL for code in one.expects}
    assert expected == codes
    assert {code for one in ALL for code in one.wrong} <= codes


def test_a_single_fault_has_the_name_of_its_code() -> None:
    names = {one.name for one in ALL}
    assert {code for one in ALL for code in one.expects} <= names


def test_at_least_twelve_have_two_faults() -> None:
    assert sum(len(one.expects) > 1 for one in ALL) >= 12


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_scenario_tells_its_story(one: Scenario) -> None:
    assert 20 < len(one.story) <= 100
    assert one.story.endswith(".")
    assert one.meaning or not one.expects
    assert not one.expects & one.wrong
