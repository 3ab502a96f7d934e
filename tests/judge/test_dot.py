"""A host with a dot at its end: some clients compare names with it, and some ask for it alone."""

from builders import HOST, ISSUING, a_leaf, an_attempt, facts, failed, refused, shown, the

from certmend.model.failure import Stage
from certmend.model.url import parse

ROOTED = f"{HOST}."


def test_a_url_is_shown_as_it_was_written():
    assert str(parse(f"https://{ROOTED.upper()}:8443/simple/")) == f"https://{ROOTED}:8443/simple/"
    assert parse(f"https://{ROOTED}/").host == HOST
    assert str(parse("https://./simple/")) == "https://./simple/"


def test_the_dot_is_named_where_it_alone_is_the_mismatch():
    found = the("hostname-mismatch", facts(an_attempt(host=ROOTED, failure=refused(62))))
    assert "without the dot at its end" in found.summary
    other = an_attempt(a_leaf(ISSUING, "other.example"), ISSUING, host=ROOTED, failure=refused(62))
    assert "is for other names" in the("hostname-mismatch", facts(other)).summary


def test_the_dot_is_named_where_the_name_does_not_resolve():
    unknown = failed("[Errno -2] Name or service not known")
    assert unknown.stage is Stage.DNS
    found = the("dns", facts(an_attempt(host=ROOTED, failure=unknown)))
    assert f"the name {ROOTED} with the dot" in found.summary
    assert f"{HOST} has an address here" in shown(found)
    assert "Take the dot" in found.cure[0]
    plain = the("dns", facts(an_attempt(failure=unknown)))
    assert "dot" not in shown(plain)
