"""Every scenario of the lab: certmend reports its codes, and only those."""

import json
import os

import pytest
from interpreters import Interpreter
from packaging.version import Version

from certmend.errors import CertmendError
from certmend.lab.lab import Lab
from certmend.lab.scenario import Scenario, scenarios
from certmend.lab.setup import environment_for


def diagnose(run, setup, pip: Interpreter, clean) -> dict:
    """What certmend says in a scenario, asked without a URL as a person would."""
    environment = environment_for(setup, {**clean, "CERTMEND_LAB_PYTHON": pip.path})
    python = str(setup.python or pip.path)
    said = run(
        "diagnose",
        *setup.arguments,
        "--python",
        python,
        "--package",
        setup.package,
        "--timeout",
        "5",
        "--format",
        "json",
        **environment,
    )
    assert said.returncode in (0, 1), said.stderr
    return json.loads(said.stdout)


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.name)
def test_the_expected_codes_and_only_those(scenario: Scenario, pip: Interpreter, run, clean):
    versions = Version(".".join(map(str, pip.pip))), Version(".".join(map(str, pip.python)))
    if not scenario.suits(*versions):
        pytest.skip("this pip cannot be put into this situation")
    truth = scenario.truth(*versions)
    try:
        with Lab() as lab:
            found = diagnose(run, scenario.build(lab), pip, clean)
    except CertmendError as error:
        pytest.skip(f"{error.message}: {os.environ.get('CERTMEND_MITMDUMP', 'mitmdump not found')}")
    codes = {one["code"] for one in found["findings"] if one["severity"] != "note"}
    notes = {one["code"] for one in found["findings"] if one["severity"] == "note"}
    assert codes == truth.codes
    assert notes <= truth.notes
    assert not codes & scenario.wrong
