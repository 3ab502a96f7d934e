"""Who is here: traces in the folder, commands on PATH, the Python of a script."""

import sys

import pytest

from certmend.errors import UsageError
from certmend.observe import roll_call


def present(folder, *wanted, path):
    environment = {"PATH": f"{path}:/usr/bin:/bin"}
    return roll_call.present(wanted, environment, str(folder), sys.executable)


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(path, name, first_line="#!/bin/sh"):
    file = path / name
    file.write_text(first_line + "\n")
    file.chmod(0o755)
    return file


def names(seats):
    return [one.client.name for one in seats]


def test_without_a_trace_it_is_pip_alone(tmp_path, path):
    assert names(present(tmp_path, path=path)) == ["pip"]


def test_a_file_a_table_and_a_command_are_traces(tmp_path, path):
    (tmp_path / "poetry.lock").write_text("")
    (tmp_path / "pyproject.toml").write_text("[tool.pdm]\nx = 1\n")
    program(path, "uv")
    found = present(tmp_path, path=path)
    assert names(found) == ["pip", "pdm", "poetry", "uv"]
    assert [one.found_by for one in found[1:3]] == ["pyproject.toml [tool.pdm]", "poetry.lock"]
    assert [one.installed for one in found] == [True, False, False, True]


def test_neighbours_come_by_name_or_with_all(tmp_path, path):
    program(path, "pip")
    program(path, "curl")
    assert "curl" not in names(present(tmp_path, path=path))
    assert names(present(tmp_path, "curl", path=path)) == ["curl"]
    assert {"pip", "requests", "urllib", "curl"} <= set(names(present(tmp_path, "all", path=path)))


def test_the_command_of_the_one_client_that_is_named(tmp_path, path):
    program(path, "uv")
    own = str(program(tmp_path, "uv"))
    environment = {"PATH": str(path)}
    (found,) = roll_call.present(("uv",), environment, str(tmp_path), sys.executable, own)
    assert found.program == own
    found = roll_call.present(("uv", "curl"), environment, str(tmp_path), sys.executable, own)
    assert own not in [one.program for one in found]


def test_a_client_that_is_none_is_refused(tmp_path, path):
    with pytest.raises(UsageError, match="no client named 'pipp'"):
        present(tmp_path, "pipp", path=path)
