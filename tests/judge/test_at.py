"""`--at`: an index that verifies today is judged by the dates of another day."""

import msgspec
import pytest
from builders import DAY, LEAF, NOW, ROOT, a_leaf, an_attempt, codes, facts, the

from certmend.model.finding import Severity


def at(days, *chain):
    """Facts of a healthy index, judged that many days later."""
    return msgspec.structs.replace(facts(an_attempt(*chain)), now=NOW + days * DAY)


def test_a_leaf_will_have_expired():
    found = the("expired", at(1000))
    assert found.severity is Severity.ERROR
    assert "expired on" in found.summary


def test_an_issuer_will_have_expired():
    short = ROOT.intermediate("Short CA", now=NOW - 30 * DAY, not_after=NOW + 20 * DAY)
    assert codes(at(30, a_leaf(short), short)) == ["issuer-expired"]


@pytest.mark.parametrize("days", [-29, 0, 100])
def test_a_day_within_all_dates_is_fine(days):
    assert LEAF.certificate is not None
    assert codes(at(days)) == []


def test_a_day_before_the_first_is_not_valid_yet():
    assert "not-yet-valid" in codes(at(-60))
