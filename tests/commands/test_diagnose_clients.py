"""`certmend diagnose --client`: one verdict for each client, shown together."""

import json
import sys

import jsonschema
import pytest
from environments import environment

from certmend.lab.front import Front
from certmend.lab.registry import Registry, pypi
from certmend.lab.wheels import BILLING


@pytest.fixture
def front(tmp_path, root, issuing):
    """An index whose CA nobody trusts."""
    with (
        Registry(pypi(tmp_path / "packages", BILLING)) as registry,
        Front(registry.port, issuing.leaf("localhost"), (issuing,)) as served,
    ):
        yield f"https://localhost:{served.port}/simple/"


def diagnose(run, *arguments, **variables):
    done = run("diagnose", "--python", sys.executable, "--no-fetch", *arguments, **variables)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_each_client_has_its_verdict(run, front, root, tmp_path):
    library = environment("requests", "2.34.2", "3.12") or pytest.skip("requests is not here")
    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem)
    names = ("--client", "pip", "--client", "urllib", "--client", "requests")
    done = run(
        "diagnose",
        front,
        "--python",
        library.python,
        "--no-fetch",
        *names,
        "--format",
        "json",
        SSL_CERT_FILE=str(bundle),
    )
    shown = json.loads(done.stdout)
    jsonschema.validate(shown, json.loads(run("schema", "diagnosis").stdout))
    verdicts = {one["client"]: one["works"] for one in shown["indexes"][0]["verdicts"]}
    assert verdicts["urllib"] is True
    assert verdicts["requests"] is False
    assert [one["name"] for one in shown["clients"]] == ["pip", "requests", "urllib"]
    assert shown["client"]["name"] == "pip"
    assert len(shown["indexes"]) == 1
    ignored = [one for one in shown["findings"] if one["code"] == "setting-ignored"]
    assert any(one["client"].startswith("requests") for one in ignored)
    assert done.returncode == 1


def test_the_same_cause_is_one_paragraph_with_a_command_for_each(run, front):
    done = diagnose(run, front, "--client", "urllib", "--client", "curl")
    assert done.stdout.count("error[untrusted-root]") == 1
    assert "= also: curl" in done.stdout
    assert "export CURL_CA_BUNDLE=" in done.stdout
    assert "1 error, 0 warnings" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_library_that_is_not_there_is_said(run, front):
    done = diagnose(run, front, "--client", "httpx")
    if done.returncode != 2:
        pytest.skip("this Python has httpx")
    assert "httpx is not installed" in done.stderr


def test_an_unknown_client_is_refused(run):
    done = diagnose(run, "--client", "conga")
    assert done.returncode == 2
    assert "no client named 'conga'" in done.stderr


def test_by_default_a_client_with_a_trace_is_told_of(run, front, tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "poetry.lock").write_text("")
    done = run("diagnose", front, "--python", sys.executable, "--no-fetch", folder=folder)
    assert "poetry" in done.stdout
    assert "predicted" in done.stdout or "poetry stopped" in done.stdout
