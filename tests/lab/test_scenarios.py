"""The lab's catalogue: complete, honest and readable. `tests/scenarios` puts each up."""

import re
from pathlib import Path

import pytest

from certmend.lab.scenario import Scenario, scenarios

ALL = scenarios()
CAUSES = Path(__file__).parents[3] / "shared" / "causes.md"


def test_every_cause_of_the_vocabulary_has_a_scenario() -> None:
    if not CAUSES.exists():
        pytest.skip("the vocabulary is not beside this checkout")
    codes = set(re.findall(r"^\| `([a-z-]+)` \|", CAUSES.read_text(encoding="utf-8"), re.MULTILINE))
    expected = {code for one in ALL for code in one.expects}
    assert expected == codes
    assert {code for one in ALL for code in one.wrong} <= codes


def test_a_single_fault_has_the_name_of_its_code() -> None:
    names = {one.name for one in ALL}
    assert {code for one in ALL for code in one.expects} <= names


def test_at_least_twelve_have_two_faults() -> None:
    assert sum(len(one.expects) > 1 for one in ALL) >= 12


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_a_scenario_tells_its_story(one: Scenario) -> None:
    assert 20 < len(one.story) <= 100
    assert one.story.endswith(".")
    assert one.meaning or not one.expects
    assert not one.expects & one.wrong
