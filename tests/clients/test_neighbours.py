"""npm's registries of scopes, and git's included files: seen, mended, and proven."""

import json
import subprocess
from pathlib import Path

import pytest
from environments import system
from test_client_fix import place

from certmend.lab.lab import Lab


def asked(there, command: str, *words: str) -> dict:
    done = there.certmend(command, *words, "--format", "json")
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_npms_registry_of_a_scope_is_one_of_its_indexes(certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint = place(lab, ("npm", "", ""), "own.pem", tmp_path)
        bundle = tmp_path / "trusted/own.pem"
        npmrc = tmp_path / "home/.npmrc"
        npmrc.write_text(
            f"registry=http://127.0.0.1:9/\nregistry={there.public}\n"
            f"@corp:registry={there.internal}\ncafile={bundle}\n//x.example/:cafile=/x.pem\n"
        )
        (tmp_path / "project/.npmrc").write_text("@corp:registry = ${CORP}\n")
        there.environment["CORP"] = there.internal
        before = there.files()
        said = asked(there, certmend_command, "config", "--client", "npm")
        (npm,) = said["clients"]
        assert [one["url"] for one in npm["indexes"]] == [there.public, there.internal]
        unread = next(one for one in npm["settings"] if "x.example" in one["origin"])
        assert "npm reads it as `cafile`" in unread["why"]
        words = ("fix", "--client", "npm", "--fingerprint", fingerprint, "--yes")
        done = asked(there, certmend_command, *words)
        assert done["state"] == "done", done["note"]
        assert {one["url"] for one in done["proof"]} == {there.public, there.internal}
        assert there.everything()
        assert there.certmend(certmend_command, "undo").returncode == 0
        assert there.files() == before
        assert not there.works(there.internal)


def git(there, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], env=there.environment, cwd=there.project, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_gits_deciding_value_may_stand_in_an_included_file(certmend_command, tmp_path):
    assert system("git") is not None
    with Lab() as lab:
        there, fingerprint = place(lab, ("git", "", ""), "site-packages/ca.pem", tmp_path)
        bundle = tmp_path / "trusted/site-packages/ca.pem"
        git(there, "init", "--quiet")
        config, corp = tmp_path / "home/.gitconfig", tmp_path / "home/corp.inc"
        config.write_text(
            "[http]\n\tsslCAInfo = /nowhere.pem\n"
            f'[includeIf "gitdir:{tmp_path}/"]\n\tpath = corp.inc\n'
            '[include]\n\tpath = absent.inc\n[includeIf "gitdir:/elsewhere/"]\n\tpath = no.inc\n'
        )
        corp.write_text(f"# corp\n[http]\n\tsslCAInfo = {bundle}\n")
        (tmp_path / "home/no.inc").write_text("[http]\n\tsslCAInfo = /no.pem\n")
        before = there.files()
        assert there.works(there.public)
        said = asked(there, certmend_command, "config", *there.asked()[:2])
        (client,) = said["clients"]
        used = [one["origin"] for one in client["settings"] if one["role"] == "used"]
        assert used == [f"{corp}:3 (http.sslcainfo)"]
        assert not any("no.inc" in one["origin"] for one in client["settings"])
        words = ("fix", *there.asked(), "--fingerprint", fingerprint, "--yes")
        done = asked(there, certmend_command, *words)
        assert done["state"] == "done", done["note"]
        now = git(there, "config", "--show-origin", "http.sslCAInfo")
        assert now.startswith(f"file:{corp}\t")
        assert now.endswith("ca-bundle.pem")
        assert there.everything()
        assert there.certmend(certmend_command, "undo").returncode == 0
        assert there.files() == before
        assert Path(bundle).exists()


@pytest.mark.parametrize(
    ("spec", "file", "text", "said"),
    [
        (("uv", "0.13.9", "3.12"), ".config/uv/uv.toml", "x = [", "Failed to parse"),
        (("uv", "0.4.30", "3.12"), ".config/uv/uv.toml", "index-url = 3", "Failed to parse"),
        (("poetry", "2.5.1", "3.13"), "../project/pyproject.toml", "[tool.poetry\n", "TOML"),
        (("git", "", ""), ".gitconfig", "[http", "bad config line"),
        (("git", "", ""), ".gitconfig", "[http]\nsslVerify = x\n", "bad boolean config value"),
    ],
    ids=["uv", "old uv", "poetry", "git", "git's value"],
)
def test_settings_that_stop_a_client_are_no_answer_of_the_index(
    spec, file, text, said, certmend_command, tmp_path
):
    with Lab() as lab:
        there, fingerprint = place(lab, spec, "own.pem", tmp_path)
        config = tmp_path / "home" / file
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(text)
        for words in (("diagnose",), ("fix", "--fingerprint", fingerprint, "--yes")):
            done = there.certmend(certmend_command, *words, *there.asked())
            assert done.returncode == 2, done.stdout + done.stderr
            first, second = done.stderr.splitlines()
            assert f"{spec[0]}" in first
            assert "cannot be asked: " in first
            assert said in first
            assert "correct it" in second
        assert config.read_text() == text
