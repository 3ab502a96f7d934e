"""Each rule on files of many kinds: bad is found on its lines, good is silent, fixed is what
`--fix` writes, and fixing twice changes nothing.

A file is named `bad.1.Dockerfile`: what it shows, a number, and its name in a project, with `__`
for a slash. `lines.toml` beside it says on which lines something is found.
"""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from certmend.judge.linting import engine
from certmend.judge.linting.ignores import EXPIRED, UNUSED
from certmend.observe import kinds
from certmend.observe.ansible import Variables
from certmend.observe.tree import Candidate
from certmend.tasks import linting

CORPUS = Path(__file__).parent
TODAY = date(2026, 11, 26)
RULES = sorted(path.name for path in CORPUS.iterdir() if (path / "lines.toml").exists())


def files(begin: str) -> list[Path]:
    return sorted(path for rule in RULES for path in (CORPUS / rule).glob(f"{begin}.*"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def candidate(path: Path) -> Candidate:
    target = path.name.split(".", 2)[2].replace("__", "/")
    content = path.read_bytes()
    kind = kinds.by_name(target)
    if content.startswith(kinds.OVERRULING) or (kind is None and kinds.may_be_told(target)):
        kind = kinds.by_first_line(content.partition(b"\n")[0])
    assert kind is not None, target
    return Candidate(target, kinds.closer(kind, target, content), content)


def slugs(path: Path) -> frozenset[str]:
    """The rule alone; an ignore needs one that it speaks of."""
    rule = path.parent.name
    return frozenset({rule, "trusted-host"} if rule in (EXPIRED, UNUSED) else {rule})


def found(path: Path) -> list:
    rule = path.parent.name
    located = linting._lint(candidate(path), slugs(path), TODAY)
    return [one for one in located if one.fault.rule == rule]


def fixed(path: Path) -> bytes:
    one = candidate(path)
    located = linting._lint(one, slugs(path), TODAY)
    change, left = linting._mended(one, located, slugs(path), TODAY)
    assert len(left) <= len(located)
    return change.after if change is not None else one.content


def test_every_rule_has_bad_and_good_files():
    assert {page.slug for page in engine.pages()} == set(RULES)
    for rule in RULES:
        assert list((CORPUS / rule).glob("bad.*")), rule
        assert list((CORPUS / rule).glob("good.*")), rule


@pytest.mark.parametrize("path", files("bad"), ids=name)
def test_bad_is_found_on_its_lines(path):
    lines = tomllib.loads((path.parent / "lines.toml").read_text())
    assert sorted({one.line for one in found(path)}) == lines[path.name]
    assert all(one.fault.message.isprintable() for one in found(path))


@pytest.mark.parametrize("path", files("bad"), ids=name)
def test_bad_is_told_once(path):
    told = [(one.line, one.fault.message) for one in found(path)]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("path", files("bad"), ids=name)
def test_bad_is_not_sifted_out_before_it_is_read(path):
    one = candidate(path)
    reader = linting._reader(slugs(path), (), Variables())
    assert reader.may_find(one.path, one.kind, one.content, one.content.lower())


@pytest.mark.parametrize("path", files("good"), ids=name)
def test_good_is_silent(path):
    assert [(one.line, one.fault.message) for one in found(path)] == []


@pytest.mark.parametrize("path", files("fixed"), ids=name)
def test_fixed_is_what_fix_writes(path):
    bad = path.with_name("bad" + path.name.removeprefix("fixed"))
    assert fixed(bad).decode() == path.read_bytes().decode()


@pytest.mark.parametrize("path", files("fixed"), ids=name)
def test_fixing_twice_changes_nothing(path):
    assert fixed(path) == path.read_bytes()


@pytest.mark.parametrize("path", files("bad"), ids=name)
def test_all_rules_together_make_no_file_worse(path):
    one = candidate(path)
    every = engine.chosen((), ())
    located = linting._lint(one, every, TODAY)
    change, left = linting._mended(one, located, every, TODAY)
    before = [item.fault.rule for item in located]
    for item in left:
        before.remove(item.fault.rule)
    if change is not None:
        again = Candidate(one.path, one.kind, change.after)
        assert linting._mended(again, linting._lint(again, every, TODAY), every, TODAY)[0] is None


@pytest.mark.parametrize("page", engine.pages(), ids=lambda page: page.slug)
def test_the_examples_of_a_page_are_true(page):
    for heading in ("## What", "## Why", "## Bad", "## Good", "## When to ignore"):
        assert heading in page.page, heading
    targets = {
        "dockerfile": "Dockerfile",
        "text": "requirements.txt",
        "ini": "pip.conf",
        "python": "x.py",
    }
    chosen = frozenset({page.slug, "trusted-host"})
    for heading, expected in (("## Bad\n", True), ("## Good\n", False)):
        block = page.page.split(heading, 1)[1].split("```", 2)[1]
        language, _, text = block.partition("\n")
        target = targets[language]
        kind = kinds.by_name(target)
        assert kind is not None
        located = linting._lint(Candidate(target, kind, text.encode()), chosen, TODAY)
        assert (page.slug in {one.fault.rule for one in located}) is expected
