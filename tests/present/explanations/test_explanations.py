"""One explanation in every format: what each shows, what none cuts, and what cannot break out."""

import io
import json

import msgspec
import pytest

from certmend import explanations
from certmend.model.explanation import Explained, Explanation, Remark
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity
from certmend.model.view import View

URL = "https://pypi.corp.example/artifactory/api/pypi/python-releases/simple/" + "ink/" * 8
COMMAND = f"certmend diagnose {URL}"
EXPLAINED = Explained(
    finding=Finding(
        code="untrusted-root",
        severity=Severity.ERROR,
        certainty=Certainty.LIKELY,
        summary="pypi.corp.example:443 has a certificate from a CA that pip does not trust",
        index=URL,
        host="pypi.corp.example:443",
        client="pip 24.0",
        where="build.log:12",
        evidence=(Evidence(label="said", text="certificate verify failed: " + "word " * 30),),
        why="The server's chain leads to no CA in the trust store of pip.",
        owner=Owner.YOU,
        cure=("Name the file: `export PIP_CERT=/path/to/bundle.pem`.", "Ask the CA team."),
    ),
    file="build.log",
    lines=(12, 14),
    count=4,
    possible=("missing-intermediate", "intercepting-proxy"),
    unknown="The log cannot tell a missing intermediate from an unknown root.",
    command=COMMAND,
)
EXPLANATION = Explanation(
    version="1.0",
    files=("build.log", "other.log"),
    findings=(EXPLAINED,),
    remarks=(Remark(text="the disk is full", file="build.log", lines=(3,)),),
    skipped=2,
)
NOTHING = Explanation(version="1.0", files=("-",))


def shown(form, explanation=EXPLANATION, **view):
    return explanations.render(explanation, form, View(**view))


def hostile(text):
    """What each format makes of a log that holds `text`."""
    log = f"SSLError: certificate has expired: https://mill.example/ {text}\n"
    found = explanations.explain([("x.log", io.BytesIO(log.encode()))])
    assert found.findings
    return {form: explanations.render(found, form) for form in explanations.FORMATS}


@pytest.mark.parametrize("form", explanations.FORMATS)
def test_each_tells_the_code_the_place_and_what_to_run(form):
    text = shown(form)
    for told in ("untrusted-root", "build.log", "12", "the disk is full", "export PIP_CERT="):
        assert told in text
    assert COMMAND in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("form", explanations.FORMATS)
def test_each_says_that_nothing_was_found(form):
    text = shown(form, NOTHING)
    if form == "json":
        assert json.loads(text)["ok"] is True
    else:
        assert "no failure that" in text


@pytest.mark.parametrize("width", [40, 60, 80, 132])
def test_text_keeps_to_the_width_but_for_what_is_to_be_copied(width):
    for line in shown("text", width=width).splitlines():
        assert len(line) <= width or URL in line or "`" in line
        assert line == line.rstrip()
    assert f"         {COMMAND}" in shown("text", width=width).splitlines()


def test_text_stands_below_its_label():
    lines = shown("text", width=100).splitlines()
    assert lines[0].startswith("error[untrusted-root]: ")
    place = next(line for line in lines if "-->" in line)
    assert place == "  --> build.log:12  pip 24.0"
    assert lines[lines.index(place) + 1] == f"      {URL}"
    said = next(number for number, line in enumerate(lines) if "said 4x" in line)
    assert lines[said + 1].startswith(" " * 16)
    assert any(line.startswith("   = why (likely): The server's chain") for line in lines)
    assert any(line.startswith("   = fix, you: Name the file:") for line in lines)
    assert "     or:  Ask the CA team." in lines
    assert lines[-1] == (
        "1 error, 0 warnings in build.log, other.log; 2 more places of the same kind were not read"
    )


def test_text_is_coloured_only_for_a_terminal():
    assert "\x1b[" not in shown("text")
    coloured = shown("text", color=True)
    assert coloured.startswith("\x1b[1;31merror[untrusted-root]\x1b[0m")
    assert coloured.count("\x1b[0m") * 2 == coloured.count("\x1b[")


def test_quiet_text_is_a_line_for_each_finding_and_a_sum():
    head, tail = shown("text", quiet=True, width=40).split("\n", 1)
    assert head == f"error[untrusted-root]: {EXPLAINED.finding.summary} (build.log:12)"
    assert tail.startswith("1 error")


def test_text_names_the_likeliest_of_many_other_codes_and_counts_the_rest():
    codes = ("expired", "no-san", "revoked", "not-a-ca", "weak-crypto")
    many = msgspec.structs.replace(EXPLAINED, possible=codes)
    found = Explanation(version="1.0", files=("build.log",), findings=(many,))
    assert "possible as well: expired, no-san, revoked and 2 more\n" in shown("text", found)
    assert "`weak-crypto`" in shown("markdown", found)


def test_text_without_a_finding_says_where_to_look_instead():
    assert "`certmend diagnose`" in shown("text", NOTHING)
    remarked = Explanation(version="1.0", files=("-",), remarks=EXPLANATION.remarks)
    assert "certmend diagnose" not in shown("text", remarked)


def test_a_proven_cause_is_not_called_likely():
    finding = EXPLAINED.finding
    proven = Finding(
        code=finding.code,
        severity=Severity.WARNING,
        certainty=Certainty.PROVEN,
        summary=finding.summary,
        where=finding.where,
        evidence=finding.evidence,
        why=finding.why,
    )
    one = Explained(finding=proven, file="build.log", lines=(12,), count=1)
    found = Explanation(version="1.0", files=("build.log",), findings=(one,))
    for form in ("text", "markdown", "github"):
        assert "likely" not in shown(form, found)
    assert "= why: The server's" in shown("text", found)
    assert "0 errors, 1 warning in build.log" in shown("text", found)
    assert shown("github", found).startswith("::warning file=build.log,line=12,")


def test_json_is_data():
    made = json.loads(shown("json"))
    assert (made["schema"], made["ok"], made["skipped"]) == ("certmend/explanation/1", False, 2)
    (finding,) = made["findings"]
    assert finding["code"] == "untrusted-root"
    assert finding["certainty"] == "likely"
    assert finding["lines"] == [12, 14]
    assert finding["count"] == 4
    assert finding["possible"] == ["missing-intermediate", "intercepting-proxy"]
    assert finding["command"] == COMMAND
    assert made["remarks"] == [{"text": "the disk is full", "file": "build.log", "lines": [3]}]


def test_markdown_has_a_section_for_each_finding():
    lines = shown("markdown").splitlines()
    assert lines[0].startswith("# certmend: pypi.corp.example:443 has a certificate")
    assert "## error: untrusted-root, likely" in lines
    assert "- Lines: 12, 14 (told 4 times)" in lines
    assert f"- Index: `{URL}`" in lines
    assert "Fix (you): Name the file: `export PIP_CERT=/path/to/bundle.pem`." in lines
    assert "- or: Ask the CA team." in lines
    assert f"Run where it failed: `{COMMAND}`" in lines


def test_github_has_a_line_for_each_annotation():
    error, note = shown("github").splitlines()
    assert error.startswith(
        "::error file=build.log,line=12,title=certmend%3A untrusted-root::pypi.corp.example"
    )
    assert error.endswith(f"%0ARun: {COMMAND}")
    assert note == "::notice title=certmend::the disk is full"


def test_no_escape_of_a_log_reaches_a_terminal():
    for text in hostile("\x1b]0;owned\x07 \x1b[2J \x9b31m \x00 \u202e").values():
        assert not set(text) & set("\x1b\x07\x9b\x00\u202e")


def test_no_markup_or_command_of_a_log_takes_effect():
    made = hostile("`](http://evil.example) <script> %0A::set-output name=x::y \r\n::warning::z")
    assert made["github"].count("\n") == 1
    assert "\n::warning::z" not in made["github"]
    assert "<script>" not in made["markdown"].replace("`", "\n").splitlines()[0]
    fences = [line for line in made["markdown"].splitlines() if line.startswith("- Said: ")]
    assert all(line.count("`") == 2 for line in fences)
