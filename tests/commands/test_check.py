"""The gate as pipelines use it: status, one line for each index, formats, real pips."""

import json
import os
import shutil
import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from certmend.lab.front import Front
from certmend.lab.lab import Lab, corporate
from certmend.lab.scenario import find
from certmend.lab.setup import environment_for
from certmend.observe import mozilla

SECRET = "s3cr3t-Pa55"


@pytest.fixture
def lab():
    with Lab() as running:
        yield running


def variables(setup):
    return environment_for(setup, {})


def test_a_healthy_machine_passes_and_pip_proves_it(run, lab, pip):
    here = variables(find("healthy").build(lab))
    said = run("check", "--package", "billing", "--package", "ledger", "--python", pip.path, **here)
    assert said.returncode == 0, said.stdout
    lines = said.stdout.splitlines()
    assert [line[:4] for line in lines] == ["ok  "] * 4 + ["4 of"]
    assert "verifies it, for" in lines[0]


def test_a_python_in_which_threads_run_is_proven_too(run, lab, tmp_path):
    """Agents that watch a program start them; such a process is not copied."""
    (tmp_path / "sitecustomize.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    here = variables(find("healthy").build(lab))
    said = run("check", "--package", "billing", **here, PYTHONPATH=str(tmp_path))
    assert said.returncode == 0, said.stdout
    assert "billing" in said.stdout


def test_the_roots_of_the_systems_package_are_nobodys_own(run, lab, tmp_path):
    """A distribution keeps public roots that Mozilla has dropped since, some past their end."""
    roots = mozilla.packaged()
    if not roots:
        pytest.skip("this system's packages bring no roots (ca-certificates)")
    here = variables(find("healthy").build(lab))
    bundle = tmp_path / "joined.pem"
    joined = "".join(map(ssl.DER_cert_to_PEM_cert, roots))
    bundle.write_text(joined + Path(here["PIP_CERT"]).read_text())
    said = run("check", **{**here, "PIP_CERT": str(bundle)})
    assert said.returncode == 0, said.stdout
    assert f"beside {len(roots)} public roots" in said.stdout
    assert "bundle-stale" not in said.stdout


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("untrusted-root", "untrusted-root"),
        ("verification-disabled", "verification-disabled"),
        ("expiring-soon", "expiring-soon"),
        ("insecure-http", "insecure-http"),
        ("bundle-not-found", "bundle-not-found"),
    ],
)
def test_what_is_broken_or_insecure_fails(run, lab, name, code):
    said = run("check", **variables(find(name).build(lab)))
    assert said.returncode == 1, said.stdout
    assert f"[{code}]" in said.stdout
    assert said.stdout.startswith("fail  ")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed (Debian package)")
def test_a_file_of_several_clients_is_one_line_and_each_client_has_its_days(
    run, lab, home, backend, root, issuing
):
    (home / "ca.pem").write_text(root.pem)
    soon = datetime.now(UTC) + timedelta(days=3)
    named = {name: str(home / "ca.pem") for name in ("PIP_CERT", "GIT_SSL_CAINFO")}
    with Front(backend, issuing.leaf("localhost", not_after=soon), (issuing,)) as front:
        index = f"https://localhost:{front.port}/simple/"
        said = run("check", "--clients", "pip,git", "-i", index, "--format", "json", **named)
    lines = json.loads(said.stdout)["lines"]
    assert [one["kind"] for one in lines] == ["index", "index", "bundle"]
    assert [one["troubles"][0]["code"] for one in lines[:2]] == ["expiring-soon"] * 2
    assert lines[2]["subject"] == f"{home}/ca.pem (PIP_CERT, GIT_SSL_CAINFO)"


def test_the_days_decide(run, lab):
    here = variables(find("expiring-soon").build(lab))
    assert run("check", "--min-days", "1", **here).returncode == 0
    assert (
        run("check", "--min-days", "4000", **variables(find("healthy").build(lab))).returncode == 1
    )


def test_two_packages_of_which_one_is_missing_are_told_apart(run, lab):
    here = variables(find("healthy").build(lab))
    said = run("check", "--package", "billing", "--package", "nothere", "--format", "json", **here)
    found = {one["subject"]: one["ok"] for one in json.loads(said.stdout)["lines"]}
    assert said.returncode == 1
    assert (found["billing"], found["nothere"]) == (True, False)
    assert [ok for subject, ok in found.items() if subject.startswith("https://")] == [True]


def test_the_indexes_of_requirements_txt_are_those_of_the_proof(run, lab, tmp_path):
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "requirements.txt").write_text(f"# ours\n--index-url {url}\nnothere\n")
    here = variables(lab.client("https://localhost:9/simple/", trusts=root))
    said = run("check", "--package", "billing", "--format", "github", folder=folder, **here)
    assert said.returncode == 0, said.stdout
    del here["PIP_CERT"]
    said = run("check", "--package", "billing", "--format", "github", folder=folder, **here)
    assert "::error title=certmend untrusted-root,file=requirements.txt,line=2::" in said.stdout


def test_every_format_says_the_same(run, lab):
    here = variables(find("untrusted-root").build(lab))
    said = {
        form: run("check", "--package", "billing", "--format", form, **here)
        for form in ("json", "junit", "github", "gitlab")
    }
    assert {one.returncode for one in said.values()} == {1}
    result = json.loads(said["json"].stdout)
    jsonschema.validate(result, json.loads(run("schema", "check").stdout))
    suite = ET.fromstring(said["junit"].stdout)
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    issues = json.loads(said["gitlab"].stdout)
    assert {one["check_name"] for one in issues} == {"untrusted-root"}
    assert said["github"].stdout.count("\n::error title=certmend untrusted-root::") == 2


def test_secrets_are_in_no_output(run, lab):
    root, issuing = corporate()
    app = lab.packages(user="reader", password=SECRET)
    url = lab.index(issuing.leaf("localhost"), issuing, app=app)
    url = url.replace("//", f"//reader:{quote(SECRET)}@", 1)
    here = variables(lab.client(url, trusts=root))
    for form in ("text", "json", "junit", "github", "gitlab"):
        said = run("check", "--package", "nothere", "--format", form, **here)
        assert said.returncode == 1
        assert SECRET not in said.stdout + said.stderr


@pytest.mark.parametrize(
    "arguments", [("--min-days", "-1"), ("--package", "--index-url=x"), ("--format", "sarif")]
)
def test_wrong_use_is_two_lines(run, arguments):
    said = run("check", *arguments)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2


def test_a_server_cannot_write_workflow_commands(run, lab):
    root, issuing = corporate(common_name="x ::error::injected")
    leaf = issuing.leaf("elsewhere.example", common_name="::warning::injected")
    here = variables(lab.client(lab.index(leaf, issuing), trusts=root))
    said = run("check", "--format", "github", **here)
    commands = [line for line in said.stdout.splitlines() if line.lstrip().startswith("::")]
    assert all(line.startswith(("::error title=", "::warning title=")) for line in commands)
    assert said.returncode == 1


def test_it_needs_no_home_and_an_empty_path_to_itself_only(certmend_command, run, lab):
    here = variables(find("healthy").build(lab))
    python = Path(sys.executable)
    said = run("check", "--python", str(python), **here, HOME="/nonexistent", PATH=os.defpath)
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_clients_of_a_folders_files_are_asked_too(run, lab, tmp_path):
    """uv reads UV_INDEX_URL and its own roots, not PIP_CERT; whether it is installed or not."""
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing)
    here = {**variables(lab.client(url, trusts=root)), "UV_INDEX_URL": url}
    folder = tmp_path / "project"
    folder.mkdir()
    assert run("check", folder=folder, **here).returncode == 0
    (folder / "uv.toml").write_text("")
    said = run("check", "--format", "json", folder=folder, **here)
    found = {one["client"].split()[0]: one["ok"] for one in json.loads(said.stdout)["lines"]}
    assert said.returncode == 1
    assert found == {"pip": True, "uv": False}
    assert run("check", "--clients", "pip", folder=folder, **here).returncode == 0
    assert run("check", "--clients", "nosuch", folder=folder, **here).returncode == 2
    alone = run("check", "--clients", "uv", "--package", "billing", folder=folder, **here)
    assert alone.returncode == 2
