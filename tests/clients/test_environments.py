"""Real clients are what they are said to be."""

import subprocess

import pytest
from environments import EVERY, absent, environment, system


def test_an_environment_holds_the_version_that_was_asked_for() -> None:
    pip = environment("pip", "23.3.2", "3.8") or pytest.skip("; ".join(absent()) or "no Python 3.8")
    said = subprocess.run([pip.program, "--version"], capture_output=True, text=True).stdout
    assert said.startswith("pip 23.3.2 ")
    assert "(python 3.8)" in said


def test_the_second_time_nothing_is_made() -> None:
    first = environment("pip", "23.3.2", "3.8")
    environment.cache_clear()
    assert environment("pip", "23.3.2", "3.8") == first


def test_a_python_that_is_not_here_gives_nothing() -> None:
    assert environment("pip", "23.3.2", "3.99") is None


def test_the_system_s_programs_are_found() -> None:
    assert system("no-such-program") is None
    curl = system("curl") or pytest.skip("no curl")
    assert curl.version.count(".") >= 1


def test_the_list_covers_what_people_use() -> None:
    pips = {version for name, version, _ in EVERY if name == "pip"}
    pythons = {python for name, _, python in EVERY if name == "pip"}
    assert len(pips) >= 8
    assert len(pythons) >= 6
