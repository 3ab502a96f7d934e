"""What a Dockerfile copies is read from the tree that is looked through, and from nowhere else."""

from datetime import date

import pytest

from certmend.observe.tree_files import copied, top_of
from certmend.tasks import linting

QUIET = "[global]\ndisable-pip-version-check = true\n"
IMAGE = "FROM python:3.13\nCOPY {copy}\nRUN pip install billing\n"


def lines(*paths):
    request = linting.LintRequest(
        paths=tuple(str(path) for path in paths),
        select=("version-check",),
        today=date(2026, 11, 27),
    )
    return [one.line for one in linting.survey(request).report.findings]


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("pip.conf /etc/pip.conf", []),
        ("pip.conf /etc/", []),
        ("./pip.conf /root/.config/pip/pip.conf", []),
        ('["pip.conf", "/root/.pip/pip.conf"]', []),
        ("--chown=root settings/quiet.ini /root/.config/pip/pip.conf", []),
        ("off.conf /etc/pip.conf", [3]),
        ("--from=tools pip.conf /etc/pip.conf", [3]),
        ("pip.conf /etc/other.conf", [3]),
        ("gone.conf /etc/pip.conf", [3]),
        ("../outside.conf /etc/pip.conf", [3]),
        ("link.conf /etc/pip.conf", [3]),
    ],
)
def test_a_pip_conf_that_is_copied_counts(tmp_path, monkeypatch, copy, found):
    project = tmp_path / "project"
    (project / "docker").mkdir(parents=True)
    (project / "settings").mkdir()
    (project / "pip.conf").write_text(QUIET)
    (project / "settings/quiet.ini").write_text("[global]\nno-index = yes\n")
    (project / "off.conf").write_text(QUIET.replace("true", "false"))
    (tmp_path / "outside.conf").write_text(QUIET)
    (project / "link.conf").symlink_to(tmp_path / "outside.conf")
    (project / "docker/Dockerfile").write_text(IMAGE.format(copy=copy))
    monkeypatch.chdir(project)
    assert lines(project) == lines(".") == lines("docker/Dockerfile") == found


def test_the_copy_counts_for_its_stage_and_from_there_on(tmp_path):
    (tmp_path / "pip.conf").write_text(QUIET)
    image = "FROM a AS one\nRUN pip install a\nCOPY pip.conf /etc/pip.conf\nRUN pip install b\n"
    (tmp_path / "Dockerfile").write_text(image)
    assert lines(tmp_path) == [2]
    image = "FROM a AS one\nCOPY pip.conf /etc/pip.conf\nFROM one\nRUN pip install a\n"
    (tmp_path / "Dockerfile").write_text(image)
    assert lines(tmp_path) == []
    (tmp_path / "Dockerfile").write_text(image.replace("FROM one", "FROM a"))
    assert lines(tmp_path) == [4]


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("COPY pip.conf /home/app/.pip/pip.conf\nRUN pip install a\nUSER app\n", [3]),
        ("COPY pip.conf /home/app/.pip/\nUSER app:app\nRUN pip install a\n", []),
        ("USER app\nCOPY pip.conf /home/app/.config/pip/pip.conf\nRUN pip install a\n", []),
        ("WORKDIR /app\nCOPY pip.conf .config/pip/\nRUN pip install a\n", [4]),
        ("ENV HOME=/app\nCOPY pip.conf /app/.config/pip/\nRUN pip install a\n", []),
        ("WORKDIR /root\nCOPY pip.conf .config/pip/\nRUN pip install a\n", []),
        ("COPY pip.conf /home/app/.pip/\nUSER root\nRUN pip install a\n", [4]),
    ],
)
def test_a_pip_conf_in_a_home_counts_for_its_user(tmp_path, image, found):
    (tmp_path / "pip.conf").write_text(QUIET)
    (tmp_path / "Dockerfile").write_text("FROM python:3.13\n" + image)
    assert lines(tmp_path) == found


def test_what_is_wrong_in_the_copied_file_is_told_there_alone(tmp_path):
    (tmp_path / "pip.conf").write_text(QUIET + "trusted-host = pypi.corp.example\n")
    (tmp_path / "Dockerfile").write_text(IMAGE.format(copy="pip.conf /etc/pip.conf"))
    request = linting.LintRequest(paths=(str(tmp_path),), today=date(2026, 11, 27))
    (one,) = linting.survey(request).report.findings
    assert one.path == str(tmp_path / "pip.conf")


def test_the_nearest_file_counts_and_none_outside_of_the_tree(tmp_path):
    (tmp_path / "near").mkdir()
    for name in ("a", "near/a", "b"):
        (tmp_path / name).write_text(name)
    path, top = f"{tmp_path}/near/Dockerfile", f"{tmp_path}/"
    assert copied(path, [top], "a") == b"near/a"
    assert copied(path, [top], "/b") == b"b"
    assert copied(path, [f"{tmp_path}/near/"], "b") == b""
    assert copied(path, [], "a") == copied(path, [""], "a") == b""


def test_the_longest_top_is_that_of_a_file():
    assert top_of("/a/b/c", ["/", "/a/", "/a/b/"]) == "/a/b"
    assert top_of("/a", ["/"]) == "/"
    assert top_of("a/b", ["", "/"]) == ""
    assert top_of("/a/b", [""]) is None
