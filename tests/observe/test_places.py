"""Indexes that are no URL, and what a requirements file asks for: as real pip takes them."""

import json
import subprocess

import pytest

from certmend.observe.files import requirements

NOWHERE = {
    "pypi.corp.example/simple": "`https://pypi.corp.example/simple`",
    "/nonexistent/simple": "the folder's path",
    "file:///nonexistent/simple": "the folder's path",
    "ftp://pypi.corp.example/simple": "its URL",
}


@pytest.mark.parametrize("place", NOWHERE)
def test_a_place_that_pip_ignores(place, pip, run, clean, tmp_path):
    command = [pip.path, "-m", "pip", "download", "--no-deps", "--retries", "0", "billing"]
    real = subprocess.run(
        command,
        env={**clean, "PIP_INDEX_URL": place},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert real.returncode == 1
    assert "ignored" in real.stdout + real.stderr
    said = run("diagnose", "--python", pip.path, "--format", "json", PIP_INDEX_URL=place)
    (found,) = json.loads(said.stdout)["findings"]
    assert said.returncode == 1
    assert (found["code"], found["where"]) == ("not-an-index", "PIP_INDEX_URL")
    assert NOWHERE[place] in found["cure"]
    assert "a local folder" not in run("diagnose", PIP_INDEX_URL=place).stdout


def test_folders_that_are_there_are_no_finding(run, tmp_path):
    here = tmp_path / "my links"
    here.mkdir()
    beside = tmp_path / "r.txt"
    beside.write_text(f"--no-index\n--find-links 'my links'\n--find-links {here.as_uri()}\n")
    said = run("diagnose", "-r", str(beside), "--format", "json", PIP_FIND_LINKS="")
    assert json.loads(said.stdout)["findings"] == []


def lines(folder, **files):
    for name, content in files.items():
        (folder / f"{name}.txt").write_text(content)
    return [(one.key, one.value) for one in requirements.read(str(folder / "main.txt"), {})]


def test_an_editable_url_is_fetched_too(tmp_path):
    url = "git+https://git.corp.example/team/billing.git@v1#egg=billing"
    assert lines(tmp_path, main=f"-e {url}\n--editable={url}2\n-e ./here\n") == [
        ("direct-url", url),
        ("direct-url", url + "2"),
    ]


def test_a_constraint_asks_for_no_package(tmp_path):
    found = lines(
        tmp_path,
        main="-c pins.txt\nbilling\n",
        pins="ledger==1\n-r more.txt\n--trusted-host h\n",
        more="other\n",
    )
    assert found == [("trusted-host", "h"), ("requirement-name", "billing")]
