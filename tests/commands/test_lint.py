"""`certmend lint` as a person and as a pipeline run it."""

import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from certmend.commands.lint import _status
from certmend.observe import tree
from certmend.tasks import linting

BAD = """\
FROM python:3.13
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip install --trusted-host pypi.corp.example billing
RUN pip install --trusted-host pypi.org billing
"""

VALIDATOR = os.environ.get("CERTMEND_SARIF", "")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Dockerfile").write_text(BAD)
    return folder


def test_text_shows_place_line_why_and_fix(run, project):
    done = run("lint", folder=project)
    assert done.returncode == 1
    assert "error[trusted-host]: pip verifies nothing of pypi.corp.example" in done.stdout
    assert "--> Dockerfile:3:17" in done.stdout
    assert "^^^" in done.stdout
    assert done.stdout.rstrip().endswith(
        "2 errors, 0 warnings, 0 notes in 1 file of a kind that is read"
    )
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert done.stderr == ""


def test_fix_mends_says_so_and_does_it_once(run, project):
    done = run("lint", "--fix", folder=project)
    assert done.returncode == 1
    assert "mended Dockerfile: 1 finding less" in done.stderr
    mended = BAD.replace(" --trusted-host pypi.org", "")
    assert (project / "Dockerfile").read_text() == mended
    assert "mended" not in run("lint", "--fix", folder=project).stderr
    assert (project / "Dockerfile").read_text() == mended


def test_diff_changes_nothing(run, project):
    done = run("lint", "--diff", folder=project)
    assert "-RUN pip install --trusted-host pypi.org billing" in done.stdout
    assert "+RUN pip install billing" in done.stdout
    assert (project / "Dockerfile").read_text() == BAD


def test_json_follows_its_schema(run, project):
    schema = json.loads(run("schema", "lint").stdout)
    found = json.loads(run("lint", "--format", "json", folder=project).stdout)
    jsonschema.validate(found, schema)
    first, second = found["findings"]
    assert (first["rule"], first["code"], first["severity"]) == (
        "trusted-host", "verification-disabled", "error",
    )  # fmt: skip
    assert (first["path"], first["line"], first["column"], first["end_line"]) == (
        "Dockerfile", 3, 17, 3,
    )  # fmt: skip
    assert first["fix"] is None
    assert second["fix"]["edits"][0]["text"] == ""


def test_sarif_is_whole(run, project):
    log = json.loads(run("lint", "--format", "sarif", folder=project).stdout)
    assert log["version"] == "2.1.0"
    (done,) = log["runs"]
    rules = done["tool"]["driver"]["rules"]
    assert all(rule["help"]["markdown"] and rule["shortDescription"]["text"] for rule in rules)
    for result in done["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
    (fix,) = done["results"][1]["fixes"]
    deleted = fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (deleted["startLine"], deleted["endLine"]) == (4, 4)


@pytest.mark.skipif(
    not Path(VALIDATOR).is_file(), reason="needs Microsoft's validator of SARIF (npm)"
)
def test_sarif_of_every_rule_satisfies_its_schema_and_github(run, tmp_path):
    """The validator answers with status 0 even then: what it prints tells."""
    tree = tmp_path / "tree"
    shutil.copytree(Path(__file__).parents[1] / "lint", tree)
    said = run("lint", "--format", "sarif", folder=tree).stdout
    assert len(json.loads(said)["runs"][0]["results"]) > 100
    assert faults_of_sarif(tmp_path, said) == []
    # It would see what is wrong.
    assert faults_of_sarif(tmp_path, said.replace('"startLine": ', '"startLine": -', 1))


def faults_of_sarif(folder, text):
    (folder / "log.sarif").write_text(text)
    done = subprocess.run(
        [VALIDATOR, "validate", "log.sarif", "--rule-kind", "Sarif;Ghas", "--level=Error;Warning"],
        cwd=folder,
        # It asks for the schema by its URL: not from a test.
        env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HTTPS_PROXY": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "1 files scanned" in done.stdout
    # SARIF2005: the project has no home yet to name.
    found = re.findall(r": (?:error|warning) .*", done.stdout)
    return [one for one in found if "SARIF2005" not in one]


def test_github_gitlab_and_junit(run, project):
    github = run("lint", "--format", "github", folder=project).stdout.splitlines()
    assert github[0].startswith(
        "::error file=Dockerfile,line=3,endLine=3,title=certmend trusted-host"
    )
    issues = json.loads(run("lint", "--format", "gitlab", folder=project).stdout)
    assert issues[0]["location"] == {"path": "Dockerfile", "lines": {"begin": 3, "end": 3}}
    assert len({issue["fingerprint"] for issue in issues}) == 2
    suite = ET.fromstring(run("lint", "--format", "junit", folder=project).stdout)
    assert suite.get("failures") == "2"


def test_a_name_with_a_line_end_breaks_no_format(run, project):
    (project / "a\nb::x,y.sh").write_text("pip install --trusted-host pypi.corp.example x\n")
    github = run("lint", "--format", "github", folder=project).stdout
    assert all(line.startswith("::") for line in github.splitlines())
    ET.fromstring(run("lint", "--format", "junit", folder=project).stdout)
    json.loads(run("lint", "--format", "sarif", folder=project).stdout)


def test_secrets_and_escapes_are_not_shown(run, project):
    (project / "requirements.txt").write_text(
        "--index-url https://ci:hunter2secret@pypi.corp.example/simple # \x1b[31m\n"
    )
    for form in ("text", "json", "sarif", "github", "gitlab", "junit"):
        done = run("lint", "--format", form, folder=project)
        assert "hunter2secret" not in done.stdout
        assert "\x1b" not in done.stdout


def test_select_ignore_and_fail_on(run, project):
    assert run("lint", "--select", "version-check", folder=project).returncode == 0
    assert (
        run("lint", "--ignore", "trusted-host,trusted-public-host", folder=project).returncode == 0
    )
    assert run("lint", "--fail-on", "never", folder=project).returncode == 0
    (project / "Dockerfile").write_text("FROM a\nRUN pip install billing\n")
    assert run("lint", folder=project).returncode == 0
    assert run("lint", "--fail-on", "note", folder=project).returncode == 1


def test_configuration(run, project):
    (project / "certmend.toml").write_text('[lint]\nignore = ["trusted-host"]\nfail-on = "note"\n')
    assert "trusted-host]" not in run("lint", folder=project).stdout
    (project / "certmend.toml").write_text('[lint]\nexclude = ["Dockerfile"]\n')
    assert run("lint", folder=project).returncode == 0
    (project / "certmend.toml").unlink()
    (project / "pyproject.toml").write_text('[tool.certmend.lint]\nselect = ["version-check"]\n')
    assert run("lint", folder=project).returncode == 0
    (project / "pyproject.toml").write_text("[tool.certmend.lint]\nselekt = []\n")
    done = run("lint", folder=project)
    assert done.returncode == 2
    assert "selekt" in done.stderr


def test_wrong_use_is_two_lines(run, project):
    for arguments in (
        ("nothing-here",),
        ("--select", "no-such-rule"),
        ("--explain", "no-such-rule"),
    ):
        done = run("lint", *arguments, folder=project)
        assert done.returncode == 2
        assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == [
            "error",
            "hint",
        ]


def test_list_and_explain(run):
    listed = run("lint", "--list").stdout
    assert "trusted-host " in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert "a secret is written" in " ".join(listed.lower().split())
    rules = json.loads(run("lint", "--list", "--format", "json").stdout)
    assert {"rule", "code", "severity", "summary", "page"} == set(rules[0])
    assert len(rules) == len({one["rule"] for one in rules}) > 15
    refused = run("lint", "--list", "--format", "sarif")
    assert refused.returncode == 2
    assert "use text or json" in refused.stderr
    page = run("lint", "--explain", "ca-wrong-extension").stdout
    assert "## Why" in page


def test_an_ignore_holds_until_its_day(run, project):
    ignore = "# certmend: ignore[trusted-host] until=2999-01-31 moves to TLS\n"
    (project / "Dockerfile").write_text(
        f"FROM a\n{ignore}RUN pip install \\\n  --disable-pip-version-check \\\n"
        "  --trusted-host pypi.corp.example billing\n"
    )
    assert run("lint", folder=project).returncode == 0
    text = (project / "Dockerfile").read_text().replace("2999", "2001")
    (project / "Dockerfile").write_text(text)
    done = run("lint", "-q", folder=project)
    assert "[expired-ignore]" in done.stdout
    assert "[trusted-host]" in done.stdout


def test_a_symbolic_link_and_a_mode_stay(run, project):
    real = project / "real.dockerfile"
    (project / "Dockerfile").rename(real)
    real.chmod(0o640)
    (project / "Dockerfile").symlink_to(real)
    run("lint", "--fix", folder=project)
    assert (project / "Dockerfile").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "pypi.org" not in real.read_text()


def test_this_project_is_clean(run, request):
    done = run("lint", "--fail-on", "note", folder=request.config.rootpath)
    assert done.returncode == 0, done.stdout


def test_a_file_that_certmend_fails_on_ends_nothing_else(project, monkeypatch):
    (project / "a.sh").write_text("pip install --trusted-host pypi.corp.example x\n")
    (project / "b.sh").write_text("pip install --trusted-host pypi.corp.example x\n")
    read = tree.read

    def fails(path, *rest):
        if path.endswith("a.sh"):
            raise IndexError
        return read(path, *rest)

    monkeypatch.setattr(tree, "read", fails)
    found = linting.survey(linting.LintRequest(paths=(str(project),), today=date(2026, 1, 1)))
    assert {
        Path(one.path).name for one in found.report.findings if one.fault.severity != "note"
    } >= {"b.sh"}
    (skipped,) = found.report.skipped
    assert skipped.failed
    assert _status(found.report, "never") == 3
    assert skipped.why.startswith("certmend failed: IndexError; a report for the project is in ")
    Path(skipped.why.rpartition(" ")[2]).unlink()
