"""`certmend bundle`, as a person runs it."""

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from certmend.lab.front import Front
from certmend.lab.pki import Authority, pem_bundle


@pytest.fixture
def work(tmp_path, root) -> Path:
    folder = tmp_path / "cas"
    folder.mkdir()
    (folder / "corp.pem").write_text(root.pem)
    (folder / "new.pem").write_text(root.rotated().pem)
    return folder


def sha256s(run, file) -> list[str]:
    said = run("bundle", "show", str(file), "--format", "json")
    return [one["sha256"] for one in json.loads(said.stdout)["certificates"]]


def test_build_holds_the_public_roots_and_the_ca_and_undo_takes_it_away(run, work):
    out = work / "bundle.pem"
    said = run("bundle", "build", str(work / "corp.pem"), "-o", str(out))
    assert said.returncode == 0, said.stderr
    assert "now holds" in said.stderr
    have = sha256s(run, out)
    assert sha256s(run, work / "corp.pem")[0] == have[-1]
    assert len(have) > 100
    again = run("bundle", "build", str(work / "corp.pem"), "-o", str(out))
    assert "already holds" in again.stderr


@pytest.mark.parametrize("kind", ["leaf", "key", "absent"])
def test_build_refuses_and_writes_nothing(kind, run, work, issuing, root):
    content = {"leaf": issuing.leaf("x").pem, "key": root.pem + root.key_pem}
    if kind in content:
        (work / "bad.pem").write_text(content[kind])
    said = run("bundle", "build", str(work / "bad.pem"), "-o", str(work / "out.pem"))
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2
    assert not (work / "out.pem").exists()


def test_add_remove_and_diff(run, work):
    file = work / "bundle.pem"
    file.write_text("# hand-made\n" + (work / "corp.pem").read_text())
    before = file.read_bytes()
    assert run("bundle", "add", str(file), str(work / "new.pem")).returncode == 0
    changed = run("bundle", "diff", str(work / "corp.pem"), str(file))
    assert changed.returncode == 1
    assert "0 only in the first, 1 only in the second, 1 in both" in changed.stdout
    assert run("bundle", "remove", str(file), sha256s(run, work / "new.pem")[0]).returncode == 0
    assert file.read_bytes() == before
    assert run("bundle", "diff", str(work / "corp.pem"), str(file)).returncode == 0
    gone = run("bundle", "remove", str(file), "deadbeef00")
    assert gone.returncode == 2
    assert "is not in" in gone.stderr


def test_a_lone_key_is_no_bundle_and_a_folders_file_is_named(run, work, root, issuing):
    (work / "key.pem").write_text(root.key_pem)
    for words in (("show", "key.pem"), ("diff", "key.pem", "key.pem")):
        said = run("bundle", *words, folder=work)
        assert (said.returncode, len(said.stderr.splitlines())) == (2, 2)
        assert "a private key, and no certificate" in said.stderr
    (work / "cas").mkdir()
    (work / "cas/leaf.pem").write_text(issuing.leaf("localhost").pem)
    assert "in cas/leaf.pem is no CA" in run("bundle", "build", "cas", folder=work).stderr


def test_add_refuses_an_expired_ca(run, work):
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    old = Authority.root("Old CA", not_before=past - dt.timedelta(days=9), not_after=past)
    (work / "old.pem").write_text(old.pem)
    said = run("bundle", "add", str(work / "corp.pem"), str(work / "old.pem"))
    assert said.returncode == 2
    assert "expired on 2020-01-01" in said.stderr


def test_check_judges_hosts_with_the_bundle_alone(run, work, backend, issuing):
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as front:
        host = f"localhost:{front.port}"
        good = run("bundle", "check", str(work / "corp.pem"), "--host", host)
        bad = run("bundle", "check", str(work / "new.pem"), "--host", host, "--format", "json")
    assert good.returncode == 0, good.stdout
    assert f"ok  {host}: verifies" in good.stdout
    assert bad.returncode == 1
    assert json.loads(bad.stdout)["hosts"][0]["reason"] == "unable to get local issuer certificate"


def test_find_names_every_copy(run, work, home):
    folder = home / ".local/share/mkcert"
    folder.mkdir(parents=True)
    (folder / "rootCA.pem").write_text((work / "corp.pem").read_text())
    said = run(
        "bundle",
        "find",
        str(work / "corp.pem"),
        "--format",
        "json",
        PIP_CERT=str(work / "corp.pem"),
    )
    paths = {one["path"] for one in json.loads(said.stdout)["found"]}
    assert {str(folder / "rootCA.pem"), str(work / "corp.pem")} <= paths
    assert run("bundle", "find", str(work / "new.pem")).returncode == 1


def test_find_looks_at_the_settings_of_every_client_and_at_what_certmend_wrote(run, work, home):
    corp = str(work / "corp.pem")
    for name in ("cargo", "yarn", "wget"):
        (home / f"{name}.pem").write_text((work / "corp.pem").read_text())
    (home / ".npmrc").write_text(f"cafile={home}/cargo.pem\n")
    (home / ".gitconfig").write_text(f"[http]\n\tsslCAInfo = {home}/yarn.pem\n")
    (home / ".curlrc").write_text(f"cacert = {home}/wget.pem\n")
    run("bundle", "build", corp, "--roots", "none", "-o", str(home / "made.pem"))
    said = run("bundle", "find", corp, "--format", "json")
    paths = {one["path"] for one in json.loads(said.stdout)["found"]}
    assert {str(home / f"{name}.pem") for name in ("yarn", "wget", "made")} <= paths
    assert str(home / "cargo.pem") in paths or not shutil.which("npm")


class Rotating:
    """An index whose CA gets a successor."""

    def __init__(self, run, work, backend, old):
        self.run, self.backend, self.old = run, backend, old
        self.new = old.rotated()
        self.bundle = work / "bundle.pem"
        self.bundle.write_text(pem_bundle(old))
        self.files = work / "old.pem", work / "next.pem"
        self.files[0].write_text(old.pem)
        self.files[1].write_text(self.new.pem)

    def rotate(self, issuer, *options, **variables):
        with Front(self.backend, issuer.leaf("localhost"), (issuer,)) as front:
            return self.run(
                *("bundle", "rotate", "--retire", str(self.files[0]), "--add", str(self.files[1])),
                *("--host", f"localhost:{front.port}", str(self.bundle), *options),
                **variables,
            )

    @property
    def held(self) -> int:
        return self.bundle.read_text().count("BEGIN")


@pytest.fixture
def rotating(run, work, backend) -> Rotating:
    return Rotating(run, work, backend, Authority.root("Rotating CA"))


def test_rotate_keeps_both_until_the_index_has_moved(rotating):
    before = rotating.bundle.read_bytes()
    first = rotating.rotate(rotating.old)
    assert first.returncode == 0, first.stderr
    assert "still needs the old one" in first.stdout
    assert rotating.held == 2
    second = rotating.rotate(rotating.new)
    assert second.returncode == 0, second.stderr
    assert "is retired" in second.stdout
    assert rotating.held == 1
    assert rotating.bundle.read_bytes() != before


def test_rotate_never_retires_a_ca_that_an_index_needs(rotating):
    said = rotating.rotate(rotating.old, "--after", "2020-01-01")
    assert said.returncode == 1
    assert "still needs it" in said.stdout
    assert rotating.held == 2


def test_rotate_retires_nothing_that_a_client_here_is_set_to_need(rotating):
    with Front(rotating.backend, rotating.old.leaf("localhost")) as front:
        url = f"https://localhost:{front.port}/simple/"
        said = rotating.rotate(rotating.new, PIP_INDEX_URL=url)
    assert f"localhost:{front.port} (pip): still needs the old one" in said.stdout, said.stderr
    assert rotating.held == 2


def test_rotate_by_date_alone(rotating, run):
    words = (
        "bundle",
        "rotate",
        "--retire",
        str(rotating.files[0]),
        "--add",
        str(rotating.files[1]),
    )
    assert run(*words, str(rotating.bundle)).returncode == 2, "neither host nor date"
    run(*words, str(rotating.bundle), "--after", "2999-01-01")
    assert rotating.held == 2
    run(*words, str(rotating.bundle), "--after", "2020-01-01")
    assert rotating.held == 1


def test_a_password_never_shows(run, work):
    import subprocess

    words = ["pkcs12", "-export", "-nokeys", "-in", "corp.pem", "-passout", "pass:geheim99"]
    subprocess.run(["openssl", *words, "-out", "ca.p12"], cwd=work, check=True)
    (work / "pw").write_text("geheim99\n")
    good = run("bundle", "show", str(work / "ca.p12"), "--password-file", str(work / "pw"))
    bad = run("bundle", "show", str(work / "ca.p12"), "--password-env", "PW", PW="geheim98")
    none = run("bundle", "show", str(work / "ca.p12"))
    assert (good.returncode, bad.returncode, none.returncode) == (0, 2, 2)
    assert "geheim" not in good.stdout + good.stderr + bad.stdout + bad.stderr


def test_where_no_journal_can_be_kept_nothing_is_written_and_a_way_is_named(run, work, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    made = work / "made.pem"
    words = ("bundle", "build", str(work / "corp.pem"), "-o", str(made))
    refused = run(*words, HOME=str(blocked))
    assert refused.returncode == 3
    assert "XDG_STATE_HOME" in refused.stderr.splitlines()[1]
    assert not made.exists()
    assert run(*words, HOME=str(blocked), XDG_STATE_HOME=str(tmp_path / "state")).returncode == 0
    assert made.exists()
