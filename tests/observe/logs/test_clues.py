"""Which client a failure is of, in the log of one client and in that of many."""

import io

from certmend.observe.logs import reading

REFUSED = "certificate verify failed: unable to get local issuer certificate (_ssl.c:1)\n"
QUIET = "compiling module connection\n" * 300


def clients(text):
    found = reading.read([("x.log", io.BytesIO(text.encode()))]).sightings
    return [one.client for one in found]


def test_in_a_short_log_the_words_may_stand_anywhere():
    assert clients("npm ci\n" + "quiet\n" * 200 + REFUSED) == ["npm"]


def test_in_a_long_log_the_words_near_a_failure_count():
    text = "npm warn old\n" * 300 + QUIET + "$ poetry install\n" + REFUSED + QUIET
    assert clients(text) == ["poetry"]


def test_words_in_the_line_itself_count_for_most():
    line = "WARNING: Retrying (Retry(total=0)) after connection broken by 'SSLError(1, '[SSL: X] x"
    text = QUIET + "npm warn old\n" * 200 + f"{line} {REFUSED}" + "npm warn old\n" * 200
    assert clients(text) == ["pip"]


def test_else_the_last_words_above_count():
    text = "npm ci\n" + QUIET + "twine upload x\n" + QUIET + REFUSED + QUIET + "conda install x\n"
    assert clients(text) == ["twine"]


def test_a_library_near_counts_for_more_than_a_client_far_away():
    text = "npm ci\n" + QUIET + QUIET + "failed to solve: x\n" + REFUSED
    assert clients(text) == ["docker"]


def test_nobody_is_named_where_nobody_is():
    assert clients(QUIET + QUIET + REFUSED) == [""]
