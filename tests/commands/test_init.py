"""Pipelines that are written: parsed, and their shell lines run for real against the lab."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from certmend.lab.lab import Lab, corporate
from certmend.lab.setup import environment_for

SYSTEMS = {
    "github": ".github/workflows/package-index.yml",
    "gitlab": ".gitlab/package-index.yml",
    "jenkins": "Jenkinsfile",
    "azure": "azure-pipelines.yml",
    "docker": "Dockerfile",
}


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "certs").mkdir(parents=True)
    return folder


def jenkins(text):
    variables = dict(re.findall(r"^ {4}(\w+) = ['\"](.*)['\"]$", text, re.MULTILINE))
    (script,) = re.findall(r"sh '''\n(.*?)'''", text, re.DOTALL)
    return variables, [script]


def docker(text):
    variables = dict(re.findall(r"^ENV (\w+)=(\S+)$", text, re.MULTILINE))
    joined = text.replace("\\\n", " ")
    return variables, re.findall(r"^RUN (.*)$", joined, re.MULTILINE)


def github(text):
    read = yaml.safe_load(text)
    assert set(read) == {"name", True, "permissions", "env", "jobs"}  # YAML 1.1: on is true
    steps = read["jobs"]["index"]["steps"]
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one["uses"]) for one in steps if "uses" in one)
    return read["env"], [one["run"] for one in steps if "run" in one]


def gitlab(text):
    read = yaml.safe_load(text)
    job = read["package index"]
    before = read[job["extends"]]["before_script"] if "extends" in job else []
    # GitLab runs them in one shell.
    return read["variables"], ["".join([*before, *job["script"]])]


def azure(text):
    read = yaml.safe_load(text)
    return read["variables"], [one["script"] for one in read["steps"] if "script" in one]


READERS = {"github": github, "gitlab": gitlab, "jenkins": jenkins, "azure": azure, "docker": docker}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_steps_pin_the_ca_and_pass_the_check(run, project, clean, tmp_path, system):
    with Lab() as lab:
        root, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing)
        (project / "certs" / "ca.pem").write_text(root.pem)
        said = run("init", "ci", system, "--ca", "certs/ca.pem", "--write", folder=project)
        assert said.returncode == 0, said.stderr
        variables, scripts = READERS[system]((project / SYSTEMS[system]).read_text())
        assert variables["PIP_DISABLE_PIP_VERSION_CHECK"] == "1"
        here = _machine(lab.client(url), clean, tmp_path, variables)
        scripts = [_copied(one, project, tmp_path) for one in scripts]
        for script in scripts:
            done = _shell(script, project, here)
            assert done.returncode == 0, done.stdout + done.stderr
        assert "2 of 2 right" in done.stdout
        # Another CA at its path stops the pipeline before it is trusted.
        (project / "certs" / "ca.pem").write_text(corporate()[0].pem)
        copied = tmp_path / "usr"
        if copied.exists():
            shutil.copy(project / "certs" / "ca.pem", copied / "ca.pem")
        assert _shell(scripts[0], project, here).returncode != 0


def _machine(setup, clean, tmp_path, variables):
    """A runner: certmend and Python are on PATH, and what the pipeline sets, in a temporary place."""
    place = dict(variables)
    place["PIP_CERT"] = str(tmp_path / "bundle.pem")
    path = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
    machine = {"PATH": path, "HOME": clean["HOME"], "WORKSPACE_TMP": str(tmp_path / "work@tmp")}
    return {**environment_for(setup, machine), **place}


def _copied(script, project, tmp_path):
    """The script of a Dockerfile with COPY done: an image's path, in a temporary place."""
    place = "/usr/local/share/pip-ca"
    if place in script:
        (tmp_path / "usr").mkdir(exist_ok=True)
        shutil.copy(project / "certs" / "ca.pem", tmp_path / "usr" / "ca.pem")
    return script.replace(place, str(tmp_path / "usr")).replace(
        "/tmp/certmend", str(tmp_path / "room")
    )


def _shell(script, folder, environment):
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_is_shown_first_and_written_when_told_to(run, project, system):
    path = project / SYSTEMS[system]
    shown = run("init", "ci", system, folder=project)
    assert shown.returncode == 0
    assert shown.stdout.startswith("--- /dev/null\n")
    assert not path.exists()
    assert "PIP_CERT" not in shown.stdout
    assert run("init", "ci", system, "--write", folder=project).returncode == 0
    READERS[system](path.read_text())
    again = run("init", "ci", system, "--write", folder=project)
    assert again.returncode == 0
    assert "already" in again.stdout


def test_what_is_there_is_never_overwritten(run, project):
    (project / "Dockerfile").write_text("FROM scratch\n")
    said = run("init", "ci", "docker", "--write", folder=project)
    assert said.returncode == 2
    assert "-FROM scratch" in said.stdout
    assert (project / "Dockerfile").read_text() == "FROM scratch\n"


def test_the_digest_is_that_of_the_file(run, project, root):
    (project / "certs" / "ca.pem").write_text(root.pem)
    said = run("init", "ci", "gitlab", "--ca", "certs/ca.pem", folder=project)
    assert hashlib.sha256(root.pem.encode()).hexdigest() in said.stdout


def test_a_ca_that_cannot_be_pinned_is_wrong_use(run, project, root, tmp_path):
    (tmp_path / "outside.pem").write_text(root.pem)
    (project / "certs" / "odd name.pem").write_text(root.pem)
    (project / "certs" / "no.pem").write_text("hello\n")
    key = "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n"
    (project / "certs" / "key.pem").write_text(root.pem + key)
    for name in ("../outside.pem", "certs/odd name.pem", "certs/no.pem", "certs", "certs/key.pem"):
        said = run("init", "ci", "github", "--ca", name, "--write", folder=project)
        assert said.returncode == 2, name
        assert len(said.stderr.splitlines()) == 2
    assert not (project / ".github").exists()
