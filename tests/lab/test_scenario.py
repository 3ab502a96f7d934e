import pytest
from packaging.version import Version

from certmend.errors import UsageError
from certmend.lab.lab import Lab
from certmend.lab.scenario import LIMITS, between, find, only_where, scenario, scenarios
from certmend.lab.setup import Setup


@scenario(expects={"expired", "no-san"}, notes={"no-san"}, wrong={"dns"})
def two_words(lab: Lab) -> Setup:
    """The story, in one line.

    What it means.
    In two lines.
    """
    return lab.client("https://a.example/")


def test_a_function_becomes_a_scenario():
    assert two_words.name == "two-words"
    assert two_words.story == "The story, in one line."
    assert two_words.meaning == "What it means.\nIn two lines."
    assert two_words.wrong == {"dns"}
    truth = two_words.truth(Version("24.2"), Version("3.13.0"))
    assert (truth.codes, truth.notes, truth.pip_fails) == ({"expired"}, {"no-san"}, True)


def test_the_truth_can_depend_on_the_client():
    client = between("24.2", "26.0.1", python="3.10")
    judge = only_where(client, {"outdated-client"}, notes={"no-san"})
    for pip, python, fails in (
        ("24.2", "3.13.0", True),
        ("26.0.1", "3.10.13", True),
        ("26.0.1", "3.9.18", False),
        ("24.1.2", "3.13.0", False),
        ("26.1", "3.13.0", False),
    ):
        truth = judge(Version(pip), Version(python))
        assert truth.pip_fails is fails
        assert truth.codes == (frozenset({"outdated-client"}) if fails else frozenset())


def test_scenarios_are_found_each_once_and_sorted():
    names = [one.name for one in scenarios()]
    assert names == sorted(set(names))
    assert find("missing-intermediate").expects == {"missing-intermediate"}


def test_an_unknown_name_brings_near_ones():
    with pytest.raises(UsageError) as caught:
        find("missing-intermediat")
    assert "missing-intermediate" in caught.value.hint
    with pytest.raises(UsageError) as caught:
        find("zzzzzzzz")
    assert "lab list" in caught.value.hint


def test_limits_are_about_codes_that_exist():
    assert set(LIMITS) <= {code for one in scenarios() for code in one.expects}
