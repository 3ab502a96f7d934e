"""What holds for every refusal: it is explained, and an odd host name changes nothing."""

import pytest
from builders import (
    HOST,
    ISSUING,
    PUBLIC_ROOT,
    ROOT,
    a_leaf,
    a_sight,
    an_attempt,
    codes,
    facts,
    refused,
    shown,
    the,
)

from certmend.judge import engine
from certmend.model.attempt import Probe
from certmend.model.finding import Severity
from certmend.model.url import parse

_ELSEWHERE = frozenset({9, 10})
"""Dates: what they are about must have expired, see the tests of their causes."""


@pytest.mark.parametrize("code", [code for code in range(2, 104) if code not in _ELSEWHERE])
def test_every_verify_code_is_explained(code):
    found = engine.judge(facts(an_attempt(failure=refused(code))))
    assert any(one.severity is Severity.ERROR for one in found), code


@pytest.mark.parametrize("code", [49, 51, 52, 53])
def test_limits_that_openssl_cannot_compare_are_a_name_constraint(code):
    assert codes(facts(an_attempt(failure=refused(code)))) == ["name-constraint"]


def test_limits_are_shown_made_harmless():
    root = type(ROOT).root("Limited Root", permitted=("corp.example", "x\x1b[31m.example"))
    leaf = a_leaf(root, "pypi.other.example")
    tried = an_attempt(leaf, host="pypi.other.example", failure=refused(47))
    told = shown(the("name-constraint", facts(tried, trusts=(root,))))
    assert '"Limited Root" is not allowed to issue' in told
    assert "only corp.example, x\\x1b[31m.example" in told


@pytest.mark.parametrize("host", ["b\u00fccher.example", "\u00fc" * 70 + ".example"])
def test_a_host_in_other_letters(host):
    named = host.encode("idna").decode() if len(host) < 64 else HOST
    leaf = a_leaf(ISSUING, named)
    sight = a_sight(leaf, ISSUING, server_name=host)
    tried = an_attempt(
        failure=refused(20),
        url=parse(f"https://{host}/simple/"),
        probe=Probe(host=host, port=443, sight=sight),
    )
    found = codes(facts(tried, trusts=(PUBLIC_ROOT,)))
    assert found[0] == "untrusted-root"
    assert len(host) > 64 or found == ["untrusted-root"]


def test_the_code_of_an_invalid_ca_in_openssl_1_1_is_no_missing_root():
    assert codes(facts(an_attempt(failure=refused(24)))) == ["not-a-ca"]
