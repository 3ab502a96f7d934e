"""The walk: what is read, what is left out, and what is said about it."""

import itertools
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from certmend import registry
from certmend.judge.linting import engine
from certmend.judge.linting.sieve import Needs, Sieve
from certmend.model.plugin import FileKind
from certmend.observe import kinds, listing, tree
from certmend.tasks import linting

BAD = "RUN pip install --trusted-host pypi.corp.example billing\n"


def found(*paths, **more):
    request = linting.LintRequest(
        paths=tuple(str(path) for path in paths), today=date(2026, 11, 26), **more
    )
    return linting.survey(request).report


def lines(report):
    return [
        (Path(one.path).name, one.line)
        for one in report.findings
        if one.fault.rule == "trusted-host"
    ]


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("with_git", [True, False])
def test_gitignore_is_respected(tmp_path, with_git):
    if with_git:
        git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("out/\n*.sh\n!keep.sh\n")
    for name in ("out/Dockerfile", "a.sh", "keep.sh", "sub/Dockerfile", "node_modules/x.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BAD.removeprefix("RUN ") if name.endswith(".sh") else BAD)
    assert lines(found(tmp_path)) == [("keep.sh", 1), ("Dockerfile", 1)]


@pytest.mark.parametrize("with_git", [True, False])
def test_what_was_installed_and_then_committed_is_not_read(tmp_path, with_git):
    names = ("lib/python3.13/site-packages/x/a.sh", "web/node_modules/b.sh", "venv/c.sh", "d.sh")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(BAD.removeprefix("RUN "))
    if with_git:
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "-f", ".")
    own = [("d.sh", 1)] if not with_git else [("c.sh", 1), ("d.sh", 1)]
    assert sorted(lines(found(tmp_path))) == own


@pytest.mark.parametrize("with_git", [True, False])
def test_names_without_an_ending_are_read_at_the_root(tmp_path, monkeypatch, with_git):
    if with_git:
        git(tmp_path, "init", "-q")
    (tmp_path / "Makefile").write_text("all:\n\tpip install --trusted-host pypi.corp.example x\n")
    (tmp_path / "start").write_text("#!/bin/sh\n" + BAD.removeprefix("RUN "))
    monkeypatch.chdir(tmp_path)
    assert sorted(lines(found("."))) == [("Makefile", 2), ("start", 2)]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("home/.config/pypoetry/config.toml", "poetry"),
        ("pypoetry/auth.toml", "poetry"),
        ("pdm/config.toml", "pdm"),
        ("config.toml", "toml"),
        ("config.conf", None),
        ("docker/containerfile-dev", "dockerfile"),
        ("docker/dockerfile_lines.py", "python"),
        ("docker/Dockerfile.py", "dockerfile"),
    ],
)
def test_a_file_is_known_by_its_name_and_folder(path, kind):
    found = kinds.by_name(path)
    assert (found and found.name) == kind
    assert kind is None or kinds.likely([path]) == [path]


def test_the_script_of_a_devcontainer_feature_is_a_part_of_an_image(tmp_path):
    for name in ("feature", "tools"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "install.sh").write_text("#!/bin/sh\nset -e\npip3 install billing\n")
        (tmp_path / name / "other-install.sh").write_text("pip install billing\n")
    (tmp_path / "feature/devcontainer-feature.json").write_text("{}")
    (one,) = found(tmp_path).findings
    assert (one.fault.rule, one.line) == ("version-check", 3)
    assert Path(one.path) == tmp_path / "feature/install.sh"
    (tmp_path / "feature/install.sh").write_text(
        "export PIP_DISABLE_PIP_VERSION_CHECK=1\npip3 install billing\n"
    )
    assert not found(tmp_path).findings


def test_an_ignored_folder_that_is_named_is_read(tmp_path):
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Dockerfile").write_text(BAD)
    assert lines(found(tmp_path / "out")) == [("Dockerfile", 1)]


def test_an_interpreter_that_comes_with_a_project_is_left_out(tmp_path):
    bad = "import os\n\nos.system('pip install --trusted-host pypi.corp.example x')\n"
    for name in ("tools/Lib/os.py", "tools/Lib/asyncio/x.py", "tools/Lib/encodings/a.py",
                 "lib/os.py", "lib/x.py"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(bad)
    assert lines(found(tmp_path)) == [("os.py", 3), ("x.py", 3)]
    assert lines(found(tmp_path / "tools/Lib/asyncio/x.py")) == [("x.py", 3)]


def test_what_is_installed_in_an_environment_of_the_project_is_left_out(tmp_path):
    bad = "import os\n\nos.system('pip install --trusted-host pypi.corp.example x')\n"
    packages = tmp_path / "venv/lib/python3.13/site-packages"
    own = tmp_path / "overlay/usr/lib/python3/dist-packages"
    for name in (packages / "pip/_vendor/x.py", own / "sitecustomize.py"):
        name.parent.mkdir(parents=True)
        name.write_text(bad)
    (packages / "pip-25.2.dist-info").mkdir()
    assert lines(found(tmp_path)) == [("sitecustomize.py", 3)]
    assert lines(found(packages / "pip/_vendor/x.py")) == [("x.py", 3)]


def test_loops_binaries_and_strange_names(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.sh").symlink_to(tmp_path / "nothing")
    (tmp_path / "binary.sh").write_bytes(b"\x7fELF\0" + BAD.encode())
    (tmp_path / "new\nline.sh").write_text(BAD.removeprefix("RUN "))
    (tmp_path / "latin.sh").write_bytes(b"# caf\xe9\n" + BAD.removeprefix("RUN ").encode())
    (tmp_path / "Dockerfile").write_bytes(b"FROM a\r\n" + BAD.replace("\n", "\r\n").encode())
    (tmp_path / "script").write_text("#!/bin/sh\n" + BAD.removeprefix("RUN "))
    assert sorted(lines(found(tmp_path))) == [
        ("Dockerfile", 2),
        ("latin.sh", 2),
        ("new\nline.sh", 1),
        ("script", 2),
    ]


def test_a_huge_file_is_skipped_with_a_note(tmp_path):
    with (tmp_path / "huge.py").open("wb") as stream:
        stream.truncate(100 << 20)
    report = found(tmp_path)
    assert [Path(one.path).name for one in report.skipped] == ["huge.py"]
    assert "10 MiB" in report.skipped[0].why


def test_an_unreadable_file_is_skipped_with_a_note(tmp_path):
    (tmp_path / "x.sh").mkdir()
    assert found(tmp_path / "x.sh").skipped == ()


def test_exclude_takes_patterns(tmp_path):
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "Dockerfile").write_text(BAD)
    assert lines(found(tmp_path, exclude=("lab/",), root=str(tmp_path))) == []


def test_bytes_that_are_no_utf_8_come_back(tmp_path):
    content = b"# caf\xe9\r\nFROM a\r\nRUN pip install --trusted-host pypi.org x\r\n"
    (tmp_path / "Dockerfile").write_bytes(content)
    request = linting.LintRequest(
        paths=(str(tmp_path),), select=("trusted-public-host",), today=date(2026, 11, 26)
    )
    (change,) = linting.survey(request, fix=True).changes
    assert change.after == content.replace(b" --trusted-host pypi.org", b"")


def test_a_file_has_to_hold_one_text_or_one_of_each_group():
    needs = Needs(frozenset({"one"}), frozenset({(frozenset({"a", "b"}), frozenset({"c"}))}))
    assert needs.met({"one"})
    assert needs.met({"b", "c"})
    assert not needs.met({"a", "b"})
    assert not needs.met(set())


def test_a_file_has_begun_when_a_url_or_a_folder_is_all_that_it_lacks():
    needs = Needs(
        frozenset({"ca-trust"}),
        frozenset(
            {
                (frozenset({"http://"}), frozenset({"index-url", "-i"})),
                (frozenset({"get_url"}), frozenset({"ca-trust", "certifi"})),
                (frozenset({"verify"}), frozenset({"false"})),
            }
        ),
    )
    assert needs.begun({"index-url"})
    assert needs.begun({"get_url"})
    assert not needs.begun({"http://", "ca-trust", "certifi"})
    assert not needs.begun({"verify"})
    assert not needs.begun(set())


def test_texts_are_found_inside_of_one_another_and_side_by_side():
    held = Sieve(("pip", "pip install", "install x", "wget")).texts_in(b"run pip install x")
    assert held == {"pip", "pip install", "install x"}


def test_whatever_a_rule_looks_for_lets_a_file_through():
    every = engine.chosen((), ())
    for kind in registry.load("certmend.observe.files", FileKind):
        for rule in engine.rules():
            if not rule.reads(kind.role, kind.name):
                continue
            texts = [(one,) for one in rule.needs.single]
            for groups in rule.needs.together:
                texts += itertools.product(*groups)
            for some in texts:
                assert engine.may_find(" ".join(some).encode(), kind.role, kind.name, every)
        assert not engine.may_find(b"nothing here", kind.role, kind.name, every)


def test_what_several_processes_find_is_what_one_finds(tmp_path):
    for number in range(linting._FILES_FOR_ONE * 2):
        (tmp_path / f"{number}.sh").write_text(BAD.removeprefix("RUN ") * (number % 3 == 0))
    (tmp_path / "huge.py").touch()
    os.truncate(tmp_path / "huge.py", 100 << 20)
    code = (
        "import sys; from datetime import date; from certmend.tasks import linting\n"
        "one, two = (linting.survey(linting.LintRequest(paths=(sys.argv[1],), processes=number,"
        " today=date(2026, 11, 26)), fix=True) for number in (1, 2))\n"
        "assert one == two and one.report.findings and one.report.skipped\n"
        "print(one.report.files)"
    )  # in a Python without threads: one with threads is not copied
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert int(done.stdout) == linting._FILES_FOR_ONE * 2 + 1


def test_git_is_asked_ahead_for_the_folder_that_is_named(tmp_path, monkeypatch):
    git(tmp_path, "init", "-q")
    (tmp_path / "Dockerfile").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    listing.start_ahead(["--format", "json"])
    assert set(listing._ahead) == {"."}
    assert lines(found(".")) == [("Dockerfile", 1)]
    assert not listing._ahead
    listing.start_ahead(["--list"])
    assert not listing._ahead


def test_more_names_than_a_pipe_holds_are_listed(tmp_path):
    git(tmp_path, "init", "-q")
    for number in range(6000):
        (tmp_path / f"{number:0200}.sh").touch()
    assert len(tree.Found([tmp_path]).names()) == 6000
