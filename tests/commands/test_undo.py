"""`certmend undo`, as a person runs it."""

import pytest


@pytest.fixture
def built(run, tmp_path, root):
    (tmp_path / "corp.pem").write_text(root.pem)
    out = tmp_path / "bundle.pem"
    said = run("bundle", "build", "--roots", "none", str(tmp_path / "corp.pem"), "-o", str(out))
    assert said.returncode == 0, said.stderr
    return out


def test_undo_takes_back_the_last_and_then_has_nothing_more(run, built):
    assert "done" in run("undo", "--list").stdout
    preview = run("undo", "--dry-run")
    assert "would take back: bundle build" in preview.stdout
    assert "+++ /dev/null" in preview.stdout
    assert built.exists()
    said = run("undo")
    assert said.returncode == 0, said.stderr
    assert f"{built}: gone again" in said.stdout
    assert not built.exists()
    assert "nothing to take back" in run("undo").stderr
    assert "undone" in run("undo", "--list").stdout


def test_a_file_that_was_changed_since_is_left_alone(run, built):
    built.write_text(built.read_text() + "mine\n")
    said = run("undo")
    assert said.returncode == 3
    assert len(said.stderr.splitlines()) == 2
    assert built.exists()
    preview = run("undo", "--dry-run")
    assert preview.returncode == 1
    assert "+mine" in preview.stdout


def test_a_whole_bundle_that_goes_is_counted_and_not_shown(run, tmp_path, root):
    (tmp_path / "corp.pem").write_text(root.pem)
    out = tmp_path / "all.pem"
    assert run("bundle", "build", str(tmp_path / "corp.pem"), "-o", str(out)).returncode == 0
    preview = run("undo", "--dry-run").stdout
    assert f"--- {out}\n+++ /dev/null\n@@ a file of " in preview
    assert len(preview.splitlines()) == 4


def test_an_unknown_id_is_wrong_use(run, built):
    said = run("undo", "1999")
    assert said.returncode == 2
    assert "no record named 1999" in said.stderr
