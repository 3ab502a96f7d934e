"""The GitLab component: interpolated as GitLab does it, its scripts run by sh and by bash.

GitLab puts inputs into the nodes of the parsed YAML (a node that is one expression takes the
input's own type), and runs `before_script` and `script` in one shell.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from repositories import OFFLINE, PROJECT

from certmend.lab.lab import Lab
from certmend.lab.scenario import find
from certmend.lab.setup import environment_for

SPEC, JOBS = yaml.safe_load_all((PROJECT / "templates/certmend.yml").read_text(encoding="utf-8"))
INPUTS = SPEC["spec"]["inputs"]
BLOCK = re.compile(r"\$\[\[ inputs\.([\w-]+) \]\]")
TYPES = {"string": str, "boolean": bool, "number": int}
HOSTILE = (
    "$(touch pwned) `touch pwned` '; touch pwned; '",
    '"; touch pwned; "\nPATHS\ntouch pwned',
)


def interpolated(node: Any, values: dict[str, Any]) -> Any:
    if isinstance(node, dict):
        return {key: interpolated(one, values) for key, one in node.items()}
    if isinstance(node, list):
        return [interpolated(one, values) for one in node]
    if not isinstance(node, str):
        return node
    whole = BLOCK.fullmatch(node)
    if whole:
        return values[whole[1]]
    return BLOCK.sub(lambda found: str(values[found[1]]).lower(), node)


def job(name: str, **given: Any) -> dict[str, Any]:
    """A job with these inputs; their names are written with underscores."""
    values = {key: one["default"] for key, one in INPUTS.items()}
    values |= {key.replace("_", "-"): value for key, value in given.items()}
    for key, value in values.items():
        assert isinstance(value, TYPES[INPUTS[key].get("type", "string")])
    return interpolated(JOBS[name], values)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("wheel")
    words = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run([sys.executable, *words], cwd=PROJECT, capture_output=True, check=True)
    return str(next(folder.glob("*.whl")))


@pytest.fixture
def runner(clean, project, wheel):
    """Run a job's scripts in the project, as GitLab's runner puts them together.

    Each job makes the same environment again, which takes seconds where it is already whole.
    """
    temp = str(Path(wheel).parent)

    def run(made: dict[str, Any], shell: str = "sh", **variables: str):
        held = {
            key: str(one["value"] if isinstance(one, dict) else one)
            for key, one in made["variables"].items()
        }
        script = "\n".join([*made["before_script"], *made["script"]])
        return subprocess.run(
            [shell, "-c", script],
            env={
                **clean,
                **OFFLINE,
                "TMPDIR": temp,
                "CI_JOB_ID": "7",
                **held,
                **variables,
            },
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    return lambda name, shell="sh", variables=None, **given: run(
        job(name, package=wheel, **given), shell, **(variables or {})
    )


def test_every_input_is_described_typed_and_used():
    text = json.dumps(JOBS)
    assert set(BLOCK.findall(text)) == set(INPUTS)
    for one in INPUTS.values():
        assert one["description"]
        assert isinstance(one["default"], TYPES[one.get("type", "string")])
        assert one["default"] in one.get("options", [one["default"]])


def test_no_input_stands_in_a_script_or_is_expanded():
    for name in JOBS:
        made = JOBS[name]
        assert not BLOCK.search("\n".join([*made["before_script"], *made["script"]]))
        for value in made["variables"].values():
            assert isinstance(value, str) or value["expand"] is False


def test_there_is_a_check_only_when_it_is_wanted():
    assert job("certmend-check")["rules"] == [{"if": '"false" == "true"'}]
    assert job("certmend-check", check=True)["rules"] == [{"if": '"true" == "true"'}]


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_lint_job_fails_and_leaves_its_report(shell, runner, project):
    done = runner("certmend-lint", shell)
    assert done.returncode == 1, done.stderr
    assert "error[trusted-host]" in done.stdout
    (report,) = job("certmend-lint")["artifacts"]["reports"].values()
    places = {one["location"]["path"] for one in json.loads((project / report).read_text())}
    assert places == {"Dockerfile"}


def test_inputs_choose_what_is_linted(runner, project):
    (project / "sub dir").mkdir()
    (project / "sub dir" / "requirements.txt").write_text("billing\n")
    assert runner("certmend-lint", paths="sub dir\n").returncode == 0
    given = {"ignore": "trusted-host", "fail_on": "error"}
    assert runner("certmend-lint", paths="sub dir\nDockerfile", **given).returncode == 0


def test_no_input_is_run(runner, project):
    one, other = HOSTILE
    for done in (
        runner("certmend-lint", paths=other, select=one, ignore=other),
        runner("certmend-check", packages=other, clients=one),
    ):
        assert done.returncode == 2, (done.stdout, done.stderr)
        assert not (project / "pwned").exists()


def test_the_check_job_says_what_is_wrong_with_the_index(runner, clean):
    for name, status in (("healthy", 0), ("untrusted-root", 1)):
        with Lab() as lab:
            setup = find(name).build(lab)
            around = environment_for(setup, clean)
            variables = {key: around[key] for key in around.keys() - clean.keys()}
            # The wheel is installed without an index; the check is to see the scenario's.
            made = {**variables, "PIP_NO_INDEX": "0"}
            done = runner("certmend-check", packages="billing", min_days=1, variables=made)
        assert done.returncode == status, done.stdout + done.stderr
        assert ("fail" in done.stdout) is bool(status)
