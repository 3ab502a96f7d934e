"""Every scenario of the lab, met by real pips: they fail as it says, and certmend says why."""

import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from interpreters import Interpreter
from packaging.version import Version
from situations import Situation, in_files, in_variables

from certmend.errors import CertmendError
from certmend.lab import interceptor
from certmend.lab.lab import Lab
from certmend.lab.scenario import Scenario, Truth, scenarios

FORMS = {"variables": in_variables, "files": in_files}

# What the newest pip says, so that it fails for the reason that is meant.
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
    "tls-version": "UNSUPPORTED_PROTOCOL|unsupported protocol|PROTOCOL_VERSION|protocol version|legacy sigalg",
    "handshake-failure": "HANDSHAKE_FAILURE|handshake failure",
    "legacy-renegotiation": "UNSAFE_LEGACY_RENEGOTIATION|unsafe legacy renegotiation",
    "client-cert-required": "CERTIFICATE_REQUIRED|certificate required|Connection reset|Broken pipe",
    "connection-closed": "EOF occurred|UNEXPECTED_EOF|unexpected eof|closed \\(EOF\\)",
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


class Met(NamedTuple):
    """One client in one form: what pip and certmend came to."""

    truth: Truth
    label: str
    pip: subprocess.CompletedProcess[str]
    certmend: subprocess.CompletedProcess[str]

    def check(self, scenario: Scenario) -> None:
        """pip fails or works as the truth says, and certmend reports its codes, and only those."""
        assert (self.pip.returncode != 0) == self.truth.pip_fails, (
            f"{self.label}: {self.pip.stderr}"
        )
        assert self.certmend.returncode in (0, 1), f"{self.label}: {self.certmend.stderr}"
        found = json.loads(self.certmend.stdout)["findings"]
        codes = {one["code"] for one in found if one["severity"] != "note"}
        notes = {one["code"] for one in found if one["severity"] == "note"}
        assert codes == self.truth.codes, self.label
        assert notes <= self.truth.notes, self.label
        assert not codes & scenario.wrong, self.label


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.name)
def test_pip_fails_as_it_says_and_certmend_names_the_cause(
    scenario: Scenario, form: str, clients, certmend_command: str, tmp_path: Path
):
    needs_mitmproxy(scenario)
    suited = [client for client in clients if scenario.suits(*versions(client))]
    if not suited:
        pytest.skip("no pip of this machine can be put into this situation")
    with Lab() as lab, ThreadPoolExecutor(2) as pool:
        setup = scenario.build(lab)
        situations = [FORMS[form](setup, one, tmp_path / one.label) for one in suited]
        ended = list(pool.map(lambda one: meet(one, certmend_command), situations))
    for client, (pip, certmend) in zip(suited, ended, strict=True):
        truth = scenario.truth(*versions(client))
        Met(truth, f"{client.label}, {form}", pip, certmend).check(scenario)
    if scenario.name in SAYS:
        newest = ended[-1][0]
        assert re.search(SAYS[scenario.name], newest.stdout + newest.stderr)


def meet(situation: Situation, certmend_command: str):
    """The real pip, then certmend, in the same situation."""
    command = [certmend_command, "diagnose", *situation.diagnosed, "--timeout", "5"]
    return situation.download(), subprocess.run(
        [*command, "--format", "json"],
        env=situation.environment,
        cwd=situation.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def versions(client: Interpreter) -> tuple[Version, Version]:
    """Of pip and of Python, as a scenario takes them."""
    pip, python = (".".join(map(str, numbers)) for numbers in (client.pip, client.python))
    return Version(pip), Version(python)


def needs_mitmproxy(one: Scenario) -> None:
    if one.name == "intercepting-proxy":
        try:
            interceptor.find()
        except CertmendError as error:
            pytest.skip(error.message)
