"""Every scenario that a client can cure: pip fails, `fix`, pip works, `undo`, all is as before."""

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
from interpreters import Interpreter
from situations import Situation, in_files, in_variables
from test_lab_scenarios import needs_mitmproxy, versions

from certmend.lab.lab import Lab, corporate
from certmend.lab.pki import Authority
from certmend.lab.registry import App
from certmend.lab.scenario import Scenario, scenarios
from certmend.lab.wheels import BILLING, LEDGER

CURABLE = {
    "untrusted-root",
    "intercepting-proxy",
    "bundle-not-found",
    "bundle-invalid",
    "bundle-incomplete",
    "bundle-stale",
    "setting-ignored",
    "verification-disabled",
}


def curable(one: Scenario) -> bool:
    return bool(one.expects & CURABLE) and one.expects <= CURABLE


def certmend(situation: Situation, command: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [command, *words],
        env=situation.environment,
        cwd=situation.folder,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def snapshot(*folders: Path) -> dict[str, tuple[bytes, int]]:
    """Every file, its bytes and mode; certmend's journal, and what pip downloads, apart."""
    return {
        str(path): (path.read_bytes(), path.stat().st_mode)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        and not {"state", "files", "packages", ".cache"} & set(path.parts)
        and not path.parent.name.startswith("packages")
    }


FORMS = {
    "files": (in_files, slice(None)),
    "variables": (in_variables, slice(1)),  # the oldest pip: all others differ in their files
}


@pytest.mark.timeout(400)  # pip is started nine times for each client
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("scenario", list(filter(curable, scenarios())), ids=lambda one: one.name)
def test_pip_fails_fix_pip_works_undo_pip_fails(
    scenario: Scenario,
    form: str,
    clients: tuple[Interpreter, ...],
    certmend_command: str,
    tmp_path: Path,
):
    needs_mitmproxy(scenario)
    tried = 0
    make, chosen = FORMS[form]
    for client in clients[chosen]:
        if not scenario.suits(*versions(client)) or not scenario.truth(*versions(client)).pip_fails:
            continue
        with Lab() as lab:
            setup = scenario.build(lab)
            situation = make(setup, client, tmp_path / client.label)
            before = snapshot(situation.folder, lab.folder)
            assert situation.download().returncode != 0, f"{client.label} works before"
            words = ("--ca", str(setup.ca_file)) if setup.ca_file else ()
            fixed = certmend(
                situation, certmend_command, "fix", *situation.diagnosed, *words, "--yes"
            )
            assert fixed.returncode == 0, f"{client.label}: {fixed.stdout}{fixed.stderr}"
            works = situation.download()
            assert works.returncode == 0, f"{client.label}: {fixed.stdout}{works.stderr}"
            undone = certmend(situation, certmend_command, "undo")
            assert undone.returncode == 0, undone.stderr
            assert snapshot(situation.folder, lab.folder) == before, client.label
            shutil.rmtree(situation.folder / "files")  # a file that is there is not fetched again
            assert situation.download().returncode != 0, f"{client.label} works after undo"
        tried += 1
    if not tried:
        pytest.skip("no pip of this machine fails in this scenario")


class TwoIndexes:
    """An internal index that pip does not trust, and one that it does: the public one's stand-in."""

    def __init__(self, lab: Lab, client: Interpreter, folder: Path, app: App | None = None):
        root, issuing = corporate()
        self.root = root
        public = Authority.root("Public Root CA")
        self.internal = lab.index(
            issuing.leaf("localhost"), issuing, root, app=lab.packages(BILLING)
        )
        self.public = lab.index(public.leaf("localhost"), app=app or lab.packages(LEDGER))
        setup = lab.client(self.internal, self.public, trusts=public, needs=root)
        self.situation = in_files(setup, client, folder)

    def works(self, url: str, package: str) -> bool:
        words = ("--index-url", url, "--extra-index-url", url, package)
        done = self.situation._replace(wanted=words).download()
        return done.returncode == 0


def test_the_public_index_works_before_and_after(pip, certmend_command, tmp_path):
    """The CA is confirmed by its fingerprint alone; the index that worked goes on working."""
    with Lab() as lab:
        two = TwoIndexes(lab, pip, tmp_path / "one")
        assert two.works(two.public, "ledger")
        assert not two.works(two.internal, "billing")
        shown = certmend(two.situation, certmend_command, "fix")
        assert shown.returncode == 1
        assert "Nothing on this machine vouches" in shown.stdout
        (need,) = {
            line.split()[-1] for line in shown.stdout.splitlines() if "--fingerprint" in line
        }
        fixed = certmend(two.situation, certmend_command, "fix", "--fingerprint", need, "--yes")
        assert fixed.returncode == 0, fixed.stdout + fixed.stderr
        assert two.works(two.internal, "billing")
        assert two.works(two.public, "ledger")


def test_a_wrong_fingerprint_trusts_nothing(pip, certmend_command, tmp_path):
    with Lab() as lab:
        two = TwoIndexes(lab, pip, tmp_path / "one")
        before = snapshot(two.situation.folder)
        said = certmend(two.situation, certmend_command, "fix", "--fingerprint", "0" * 64, "--yes")
        assert said.returncode == 2
        assert "no CA here has the SHA-256" in said.stderr
        assert snapshot(two.situation.folder) == before


def test_when_another_index_gets_worse_everything_is_taken_back(pip, certmend_command, tmp_path):
    """The public index stops answering once the bundle has changed: `fix` cannot know why."""
    with Lab() as lab:
        bundle = lab.folder / "ca.pem"
        good = lab.packages(LEDGER)

        def breaks(environ, start_response):
            if bundle.read_text().count("BEGIN") > 1:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return [b""]
            return good(environ, start_response)

        two = TwoIndexes(lab, pip, tmp_path / "one", app=breaks)
        before = snapshot(two.situation.folder, lab.folder)
        ca = str(lab.ca_file(two.root, name="given.pem"))
        said = certmend(two.situation, certmend_command, "fix", "--ca", ca, "--yes")
        assert said.returncode == 1
        assert "taken back" in said.stderr
        assert "worked before" in said.stderr
        Path(ca).unlink()
        assert snapshot(two.situation.folder, lab.folder) == before


@pytest.mark.parametrize("kind", ["leaf", "expired", "key", "html", "absent"])
def test_what_is_no_ca_is_refused_with_the_reason(kind, run, tmp_path, issuing, root):
    import datetime as dt

    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    content = {
        "leaf": issuing.leaf("localhost").pem,
        "expired": Authority.root("Old", not_before=past - dt.timedelta(9), not_after=past).pem,
        "key": root.pem + root.key_pem,
        "html": "<!doctype html><title>Sign in</title>",
    }
    words = {
        "leaf": "is no CA",
        "expired": "expired on 2020-01-01",
        "key": "private key",
        "html": "web page",
        "absent": "no such file",
    }
    if kind in content:
        (tmp_path / "ca.pem").write_text(content[kind])
    said = run("fix", "--ca", str(tmp_path / "ca.pem"), "--yes")
    assert said.returncode == 2
    assert words[kind] in said.stderr
    assert len(said.stderr.splitlines()) == 2


def test_json_is_a_plan_with_what_became_of_it(pip, certmend_command, tmp_path):
    with Lab() as lab:
        two = TwoIndexes(lab, pip, tmp_path / "one")
        ca = str(lab.ca_file(two.root, name="given.pem"))
        words = ("fix", "--ca", ca, "--format", "json")
        shown = json.loads(certmend(two.situation, certmend_command, *words).stdout)
        assert (shown["schema"], shown["state"]) == ("certmend/plan/1", "planned")
        step = shown["remedies"][0]["steps"][0]
        assert step["kind"] == "edit-file"
        assert "+-----BEGIN CERTIFICATE-----" in step["diff"]
        done = json.loads(certmend(two.situation, certmend_command, *words, "--yes").stdout)
        assert done["state"] == "done"
        assert all(one["ok"] for one in done["proof"])
        schema = json.loads(certmend(two.situation, certmend_command, "schema", "plan").stdout)
        for one in (shown, done):
            jsonschema.validate(one, schema)
