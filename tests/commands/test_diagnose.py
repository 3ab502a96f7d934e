"""The command as a person uses it: selection, formats, files, secrets, wrong input."""

import json
import os
import sys
from pathlib import Path

import jsonschema
import pytest

from certmend.lab.front import Front

SECRET, TOKEN = "s3cr3t-Pa55", "tok-9f8e7d6c"


@pytest.fixture
def index(backend, issuing):
    """A healthy index whose CA no client knows."""
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as server:
        yield f"https://localhost:{server.port}/simple/"


def test_json_is_valid_for_its_own_schema(run, index):
    said = json.loads(run("diagnose", index, "--format", "json").stdout)
    schema = json.loads(run("schema", "diagnosis").stdout)
    jsonschema.validate(said, schema)
    assert said["schema"] == "certmend/diagnosis/1"
    leaf = said["indexes"][0]["chain"][0]
    assert leaf["names"] == ["localhost"]
    assert len(leaf["sha256"]) == 64


def test_saved_facts_give_the_same_findings_byte_for_byte(run, index, tmp_path):
    file = tmp_path / "facts.json"
    live = run("diagnose", index, "--save", str(file), "--format", "json")
    again = run("diagnose", "--facts", str(file), "--format", "json", PATH="/nonexistent")
    assert live.stdout == again.stdout
    assert live.returncode == again.returncode == 1


def test_without_arguments_it_takes_pip_conf_and_requirements(run, index, clean, pip, tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "requirements.txt").write_text(
        f"# ours\n-r more.txt\nbilling==1.0 \\\n  --hash=sha256:00\n--extra-index-url {index}  # private\n"
    )
    (folder / "more.txt").write_text("--trusted-host other.example\n")
    config = Path(clean["HOME"], ".config", "pip", "pip.conf")
    config.parent.mkdir(parents=True)
    config.write_text(f"[global]\ntimeout = 5\nindex-url = {index}\n")
    said = run(
        "diagnose", "--python", pip.path, "--format", "json", folder=folder, PIP_CONFIG_FILE=""
    )
    found = json.loads(said.stdout)
    assert said.returncode == 1, said.stderr
    assert [one["origin"] for one in found["indexes"]] == [
        f"{config}:3 (global.index-url)",
        "requirements.txt:5 (extra-index-url)",
    ]
    assert {one["code"] for one in found["findings"]} == {"untrusted-root"}


def test_indexes_are_shown_with_their_origin(run, index):
    said = run(
        "diagnose", "--index-url", index, "--extra-index-url", index.replace("simple", "auth")
    )
    assert "(index, --index-url)" in said.stdout
    assert "(extra index, --extra-index-url)" in said.stdout


def test_verbose_shows_the_settings_and_what_became_of_them(run, index):
    said = run("diagnose", index, "-v", NODE_EXTRA_CA_CERTS="/tmp/ca.pem")
    shown = " ".join(said.stdout.split())
    assert "NODE_EXTRA_CA_CERTS cert = /tmp/ca.pem (ignored: pip does not read it)" in shown


def test_secrets_appear_in_no_output(run, index, root, clean, tmp_path):
    file = tmp_path / "facts.json"
    trusted = tmp_path / "ca.pem"
    trusted.write_text(root.pem)
    Path(clean["HOME"], ".netrc").write_text(f"machine localhost login bob password {SECRET}\n")
    Path(clean["HOME"], ".netrc").chmod(0o600)
    config = tmp_path / "pip.conf"
    url = index.replace("https://", f"https://{TOKEN}:{SECRET}@")
    config.write_text(f"[global]\nextra-index-url = {url.replace('simple', 'auth')}\n")
    (tmp_path / "r.txt").write_text(
        f"--extra-index-url {url}\nbilling @ {url}billing-1.0.whl?token={TOKEN}\n"
    )
    variables = {
        "PIP_INDEX_URL": url,
        "PIP_CONFIG_FILE": str(config),
        "https_proxy": "",
        "HTTP_PROXY": f"http://{TOKEN}:{SECRET}@127.0.0.1:9/",
    }
    for trust in ({}, {"PIP_CERT": str(trusted)}):
        for format_name in ("text", "json", "markdown"):
            said = run(
                "diagnose",
                "-r",
                str(tmp_path / "r.txt"),
                "--save",
                str(file),
                "-v",
                "--format",
                format_name,
                **variables,
                **trust,
            )
            everything = said.stdout + said.stderr + file.read_text()
            assert said.returncode in (0, 1), said.stderr
            assert SECRET not in everything
            assert TOKEN not in everything


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], "is not a URL"),
        (["ftp://host/simple"], "scheme"),
        (["https://host:99999/"], "is not a URL"),
        (["-r", "absent.txt"], "cannot read absent.txt"),
        (["--python", "/nonexistent/python"], "as a Python"),
        (["--python", "/bin/true"], "did not answer as a Python"),
        (["--client", "wget"], "wget"),
        (["--facts", "absent.json"], "cannot read absent.json"),
        (["--at", "yesterday"], "is not a time"),
        (["--timeout", "soon"], "soon"),
        (["--no-such-option"], "no-such-option"),
        (["--timeout", f"https://bob:{SECRET}@pypi.corp.example/"], "****@pypi.corp.example"),
        ([f"--indexurl=https://bob:{SECRET}@pypi.corp.example/"], "indexurl"),
        (["--format", f"https://bob:{SECRET}@pypi.corp.example/"], "****@pypi.corp.example"),
        ([f"https://bob:{SECRET}@host:99999/"], "is not a URL"),
        (["-r", f"https://bob:{SECRET}@host/r.txt"], "****@host"),
        (["--python", f"https://bob:{SECRET}@host/"], "****@host"),
        (["--at", f"https://bob:{SECRET}@host/"], "****@host"),
        (["--facts", f"https://bob:{SECRET}@host/"], "****@host"),
    ],
)
def test_wrong_input_gets_two_lines_and_exit_2(run, arguments, words):
    said = run("diagnose", *arguments)
    lines = said.stderr.splitlines()
    assert said.returncode == 2
    assert said.stdout == ""
    assert len(lines) == 2, said.stderr
    assert lines[0].startswith("certmend: error: ")
    assert words in lines[0]
    assert lines[1].startswith("certmend: hint: ")
    assert SECRET not in said.stderr


def test_names_that_are_no_utf_8_are_saved_and_judged_again(run, index, tmp_path):
    file = tmp_path / "facts.json"
    bundle = os.fsdecode(bytes(tmp_path) + b"/\xff.pem")
    live = run("diagnose", index, "--save", str(file), "--format", "json", PIP_CERT=bundle)
    again = run("diagnose", "--facts", str(file), "--format", "json")
    assert (live.returncode, live.stderr) == (1, "")
    assert live.stdout == again.stdout
    (found,) = json.loads(live.stdout)["findings"]
    assert found["code"] == "bundle-not-found"
    assert "\\udcff.pem" in found["summary"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"schema":"other/1"}', b'{"schema":"certmend/facts/1"}', b"\xff\xfe"],
)
def test_a_damaged_facts_file_is_wrong_input(run, tmp_path, content):
    file = tmp_path / "facts.json"
    file.write_bytes(content)
    said = run("diagnose", "--facts", str(file))
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2


def test_an_unreadable_requirements_file_is_wrong_input(run, tmp_path):
    said = run("diagnose", "-r", str(tmp_path))
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2


def test_unknown_names_and_closed_ports_are_told_apart(run):
    said = run(
        "diagnose",
        "https://pypi.invalid/simple/",
        "https://localhost:9/simple/",
        "--format",
        "json",
    )
    found = {one["host"]: one["code"] for one in json.loads(said.stdout)["findings"]}
    assert found == {"pypi.invalid:443": "dns", "localhost:9": "unreachable"}


def test_a_python_without_ssl_is_a_finding(run, index, tmp_path):
    (tmp_path / "_ssl.py").write_text("raise ImportError('no _ssl here')\n")
    wrapper = tmp_path / "python"
    wrapper.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n')
    wrapper.chmod(0o755)
    said = run("diagnose", index, "--format", "json", "--python", str(wrapper))
    codes = {one["code"] for one in json.loads(said.stdout)["findings"]}
    assert codes == {"no-ssl-module"}


def test_a_python_without_pip_is_a_finding(run, index, tmp_path):
    (tmp_path / "pip.py").write_text("raise ImportError('No module named pip')\n")
    said = run("diagnose", index, "--format", "json", PYTHONPATH=str(tmp_path))
    findings = json.loads(said.stdout)["findings"]
    assert said.returncode == 1
    assert "outdated-client" in {one["code"] for one in findings}


def test_auth_and_wrong_paths(run, index, root, tmp_path):
    trusted = tmp_path / "ca.pem"
    trusted.write_text(root.pem)
    for path, code in (("auth", "auth-required"), ("nope", "not-an-index")):
        url = index.replace("simple", path)
        said = run("diagnose", url, "--format", "json", PIP_CERT=str(trusted))
        assert [one["code"] for one in json.loads(said.stdout)["findings"]] == [code]


def test_fail_on_decides_the_status_and_the_format_does_not(run, index):
    for format_name in ("text", "json", "markdown"):
        assert run("diagnose", index, "--format", format_name).returncode == 1
    healthy = run("diagnose", index, "--trusted-host", index.split("/")[2], "--fail-on", "warning")
    assert healthy.returncode == 1
    assert "verification-disabled" in healthy.stdout


def test_text_fits_80_columns_and_has_no_colour_in_a_pipe(run, index):
    said = run("diagnose", index)
    assert "\x1b" not in said.stdout
    assert max(len(line) for line in said.stdout.splitlines()) <= 80


def test_hanging_servers_cost_one_timeout(run, backend):
    import time

    from certmend.lab import raw

    servers = [raw.RawServer(raw.hangs()) for _ in range(5)]
    try:
        urls = [f"https://localhost:{one.port}/simple/" for one in servers]
        begun = time.monotonic()
        said = run("diagnose", *urls, "--timeout", "4", "--format", "json")
        spent = time.monotonic() - begun
    finally:
        for one in servers:
            one.stop()
    assert len(json.loads(said.stdout)["findings"]) == 5
    # Bounded, not fast: five waits in a row would be twenty seconds.
    assert spent < 18


def test_nothing_of_it_needs_the_machines_own_settings(run):
    assert os.devnull not in run("diagnose", "https://localhost:9/simple/").stdout


@pytest.mark.parametrize(
    "variables",
    [{"PIP_CONFIG_FILE": "broken.conf"}, {"PIP_TIMEOUT": "soon"}],
    ids=["a file that cannot be parsed", "a value of the wrong kind"],
)
def test_settings_that_pip_itself_refuses_are_a_clear_error(run, pip, tmp_path, variables):
    (tmp_path / "work" / "broken.conf").write_text(f"[global\nindex-url = https://u:{SECRET}@x/\n")
    said = run("diagnose", "--python", pip.path, **variables)
    assert said.returncode == 2
    assert said.stderr.startswith("certmend: error: pip refuses its own settings: ")
    assert len(said.stderr.splitlines()) == 2
    assert SECRET not in said.stderr


def test_a_pip_that_does_not_start_is_one_finding(run, index, tmp_path):
    (tmp_path / "pip").mkdir()
    (tmp_path / "pip" / "__init__.py").write_text("__version__ = '99.0'\n")
    said = run("diagnose", index, "--format", "json", PYTHONPATH=str(tmp_path))
    assert [one["code"] for one in json.loads(said.stdout)["findings"]] == ["outdated-client"]
