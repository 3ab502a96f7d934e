import datetime as dt

import pytest

from certmend.lab.pki import Authority
from certmend.lab.profile import Profile


def test_an_unknown_keyword_is_a_type_error():
    with pytest.raises(TypeError, match="colour"):
        Authority.root(colour="red")


WRONG = {
    "key": {"key": "dsa"},
    "digest": {"digest": "sha3"},
    "part": {"without": ("san", "akki")},
    "version": {"version": 2},
    "usage": {"key_usage": ("signing",)},
    "purpose": {"extended_key_usage": ("dinner",)},
    "zone": {"not_after": dt.datetime(2030, 1, 1)},  # noqa: DTZ001  naive on purpose
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_a_value_that_would_break_nothing_is_refused(changes):
    with pytest.raises(ValueError, match=r"akki|dsa|sha3|v2|usage|zone"):
        Authority.root(**changes)


def test_an_expired_certificate_was_valid_for_a_year_before():
    end = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert Profile(not_after=end).dates(years=2) == (end - dt.timedelta(days=365), end)
