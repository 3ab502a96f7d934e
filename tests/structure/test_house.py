"""The project's own rules."""

import re
from pathlib import Path

import pytest

from certmend.judge.engine import causes

PROJECT = Path(__file__).parents[2]
SOURCE = PROJECT / "src" / "certmend"
MODULES = sorted(SOURCE.rglob("*.py"))
HEADINGS = ("## What you see", "## Why", "## Fix", "## Never", "## Try it")
VOCABULARY = PROJECT.parent / "shared" / "causes.md"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_too_long_or_vaguely_named(module):
    assert len(module.read_text().splitlines()) <= 400
    assert module.stem not in ("utils", "helpers", "base", "common", "misc")


@pytest.mark.parametrize("one", causes(), ids=lambda one: one.code)
def test_every_cause_has_a_whole_page(one):
    assert [heading for heading in HEADINGS if heading not in one.page] == []
    assert one.page.splitlines()[0].endswith(".")


def test_superseded_codes_exist():
    known = {one.code for one in causes()}
    for one in causes():
        assert one.supersedes <= known


@pytest.mark.skipif(not VOCABULARY.exists(), reason="the vocabulary lies outside the repository")
def test_the_codes_are_those_of_the_vocabulary():
    words = re.findall(r"^\| `([a-z-]+)` \|", VOCABULARY.read_text(), re.MULTILINE)
    assert {one.code for one in causes()} == set(words)
