"""The command as a person runs it: exit status, formats, pages, and errors in two lines."""

import json
import subprocess
import sys

import jsonschema
import pytest

LOG = "curl: (60) SSL certificate problem: certificate has expired\n"


def certmend(*arguments, text="", cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "certmend", *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=60,
    )


def test_standard_input_and_files(tmp_path):
    (tmp_path / "a.log").write_text(LOG)
    (tmp_path / "b.log").write_text("npm error code SELF_SIGNED_CERT_IN_CHAIN\n")
    done = certmend("explain", text=LOG)
    assert done.returncode == 1
    assert done.stdout.startswith("error[expired]")
    both = certmend("explain", "a.log", "b.log", cwd=tmp_path)
    assert "--> a.log:1" in both.stdout
    assert "--> b.log:1" in both.stdout
    assert all(len(line) <= 80 for line in both.stdout.splitlines())


def test_a_text_without_failure_says_so():
    done = certmend("explain", "-", text="all is well\n")
    assert (done.returncode, done.stdout) == (
        0,
        "no failure that certmend knows in standard input\n"
        "`certmend diagnose` asks the indexes of this machine themselves\n",
    )


def test_json_has_its_schema():
    schema = json.loads(certmend("schema", "explanation").stdout)
    made = json.loads(certmend("explain", "--format", "json", text=LOG).stdout)
    jsonschema.validate(made, schema)
    (finding,) = made["findings"]
    assert made["schema"] == "certmend/explanation/1"
    assert (finding["code"], finding["lines"], finding["count"]) == ("expired", [1], 1)


def test_markdown_and_github():
    assert certmend("explain", "--format", "markdown", text=LOG).stdout.startswith(
        "# certmend: a certificate"
    )
    hostile = LOG.rstrip() + " %\r::set-output name=x::y\n"
    shown = certmend("explain", "--format", "github", text=hostile).stdout
    assert shown.count("\n") == 1
    assert shown.startswith("::error title=certmend%3A expired::")


def test_fail_on_and_quiet():
    warning = "InsecureRequestWarning: Unverified HTTPS request is being made to host 'h'\n"
    assert certmend("explain", text=warning).returncode == 0
    assert certmend("explain", "--fail-on", "warning", text=warning).returncode == 1
    assert len(certmend("explain", "-q", text=LOG).stdout.splitlines()) == 2


def test_pages():
    page = certmend("explain", "untrusted-root")
    assert page.returncode == 0
    assert page.stdout.startswith("untrusted-root\n\nThe chain ends in a CA")
    assert "\nFix\n" in page.stdout
    assert "  self-signed-leaf " in certmend("explain", "--list").stdout
    assert (
        json.loads(certmend("explain", "expired", "--format", "json").stdout)["code"] == "expired"
    )


def test_a_file_of_a_codes_name_is_a_file(tmp_path):
    (tmp_path / "expired").write_text("all is well\n")
    assert "no failure" in certmend("explain", "expired", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["no-such.log"], "give a log file"),
        (["untrusted-rot"], "did you mean"),
        (["."], "log files"),
    ],
)
def test_errors_are_two_lines(arguments, hint):
    done = certmend("explain", *arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 2
    assert hint in done.stderr


def test_secrets_stay_inside():
    text = (
        "Looking in indexes: https://me:hunter2secret@pypi.corp.example/simple/\n"
        "Could not fetch URL https://me:hunter2secret@pypi.corp.example/simple/x/: There was a problem "
        "confirming the ssl certificate: certificate verify failed: certificate has expired - skipping\n"
    )
    for form in ("text", "json", "markdown", "github"):
        shown = certmend("explain", "--format", form, text=text).stdout
        assert "pypi.corp.example" in shown
        assert "hunter2" not in shown
