"""The GitHub Action: every `run:` step by bash, with the variables and conditions of the file.

What GitHub does is done here: expressions are resolved, a step gets its `env` and nothing else of
the inputs, its script goes to `bash --noprofile --norc -eo pipefail`, and the steps after one
that failed run only where their condition says so. Steps with `uses:` are recorded.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from repositories import OFFLINE, PROJECT

from certmend.lab.lab import Lab
from certmend.lab.scenario import find
from certmend.lab.setup import environment_for

ACTION = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
TEXTS = ("paths", "select", "ignore", "fail-on", "packages", "clients", "min-days")
PINNED = re.compile(r"(actions|github)/[\w/-]+@[0-9a-f]{40}")


class Job:
    """A run of the action with some inputs, as one step of a job."""

    def __init__(
        self, inputs: dict[str, str], folder: Path, env: dict[str, str], known: dict[str, str]
    ) -> None:
        self.temp = Path(env["RUNNER_TEMP"])
        self.failed, self.said, self.used = False, "", []
        self._folder, self._env = folder, env
        self.known = {f"inputs.{name}": one["default"] for name, one in ACTION["inputs"].items()}
        self.known |= {f"inputs.{name}": value for name, value in inputs.items()}
        self.known |= known
        for step in STEPS:
            if f"steps.{step.get('id')}.outcome" not in known:
                self._take(step)

    def _take(self, step: dict) -> None:
        condition = EXPRESSION.fullmatch(step.get("if", "${{ 'always' == 'always' }}"))[1]
        if self.failed and "!cancelled()" not in condition:
            return
        if not all(self._true(part.strip()) for part in condition.split("&&")):
            return
        if "uses" in step:
            self.used.append((step["uses"], {k: self._text(v) for k, v in step["with"].items()}))
            return
        outputs = self.temp / "outputs"
        outputs.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            env={
                **self._env,
                **{name: self._text(value) for name, value in step.get("env", {}).items()},
                "GITHUB_OUTPUT": str(outputs),
            },
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        self.said += done.stdout + done.stderr
        self.failed = self.failed or done.returncode != 0
        name = f"steps.{step.get('id')}"
        self.known[f"{name}.outcome"] = "failure" if done.returncode else "success"
        for line in outputs.read_text().splitlines():
            key, _, value = line.partition("=")
            self.known[f"{name}.outputs.{key}"] = value

    def _true(self, condition: str) -> bool:
        if condition == "!cancelled()":
            return True
        left, operator, right = re.fullmatch(r"(\S+) (==|!=) (\S+)", condition).groups()
        return (self._value(left) == self._value(right)) is (operator == "==")

    def _value(self, term: str) -> str:
        return term[1:-1] if term.startswith("'") else self.known.get(term, "")

    def _text(self, template: str) -> str:
        return EXPRESSION.sub(lambda found: self._value(found[1]), template)


@pytest.fixture(scope="module")
def installed(checkout, tmp_path_factory):
    """What the action's own step knows after it has installed certmend, which takes longest."""
    temp = tmp_path_factory.mktemp("runner")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    here = {"PATH": path, "HOME": str(temp), **OFFLINE, "RUNNER_TEMP": str(temp)}
    known = {"github.action_path": str(checkout)}
    job = Job({"python-version": "", "lint": "false"}, temp, here, known)
    assert not job.failed, job.said
    assert Path(job.known["steps.install.outputs.certmend"]).is_relative_to(temp)
    return {name: value for name, value in job.known.items() if name.startswith("steps.install.")}


@pytest.fixture
def act(clean, project, installed, tmp_path):
    here = {**clean, "PYTHONPATH": OFFLINE["PYTHONPATH"], "RUNNER_TEMP": str(tmp_path)}

    def job(inputs: dict[str, str], **variables: str) -> Job:
        return Job({"python-version": "", **inputs}, project, {**here, **variables}, installed)

    return job


def test_scripts_hold_no_expression_and_what_is_used_is_pinned():
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert "uses" not in step or PINNED.fullmatch(step["uses"])
        assert ("run" in step) == (step.get("shell") == "bash")
    assert ACTION["runs"]["using"] == "composite"


def test_every_input_is_described_and_used():
    text = json.dumps(STEPS)
    for name, one in ACTION["inputs"].items():
        assert one["description"].strip()
        assert isinstance(one["default"], str)
        assert f"inputs.{name} " in text


def test_it_lints_annotates_and_hands_over_the_sarif_file(act, project):
    job = act({"upload-sarif": "true"})
    assert job.failed
    assert "::error file=Dockerfile,line=2" in job.said, job.said
    ((used, given),) = job.used
    assert "upload-sarif@" in used
    sarif = json.loads(Path(given["sarif_file"]).read_text())
    assert {one["ruleId"] for one in sarif["runs"][0]["results"]} >= {"trusted-host"}


def test_inputs_choose_what_is_linted_and_what_fails(act, project):
    (project / "sub dir").mkdir()
    (project / "sub dir" / "requirements.txt").write_text("billing\n")
    assert not act({"paths": "sub dir\n"}).failed
    assert not act({"fail-on": "never"}).failed
    assert not act({"lint": "false"}).failed
    assert not act({"ignore": "trusted-host,version-check"}).failed
    job = act({"select": "version-check", "fail-on": "note"})
    assert job.failed
    assert "trusted-host" not in job.said


@pytest.mark.parametrize(
    "text", ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", '"; touch pwned; "']
)
def test_no_input_is_run(text, act, project):
    """A pull request's title or branch may end up in any of them."""
    job = act({**dict.fromkeys(TEXTS, text), "check": "true"})
    assert job.failed
    assert "::" not in job.said
    assert not (project / "pwned").exists()


@pytest.mark.parametrize("name", TEXTS)
def test_no_input_is_taken_for_an_option(name, act):
    lints = name in ("paths", "select", "ignore", "fail-on")
    job = act({name: "--help", "lint": str(lints).lower(), "check": str(not lints).lower()})
    assert job.failed
    assert "Usage:" not in job.said


def test_the_check_says_what_is_wrong_with_the_index(act, clean):
    given = {"lint": "false", "check": "true", "packages": "billing\n", "min-days": "1"}
    for name, fails in (("healthy", False), ("untrusted-root", True)):
        with Lab() as lab:
            setup = find(name).build(lab)
            variables = environment_for(setup, clean)
            job = act(given, **{key: variables[key] for key in variables.keys() - clean.keys()})
        assert job.failed is fails, job.said
        assert ("::error" in job.said) is fails


def test_after_a_finding_the_index_is_checked_all_the_same(act):
    job = act({"check": "true", "clients": "no-such-client"})
    assert "::error file=Dockerfile" in job.said
    assert "no-such-client" in job.said
