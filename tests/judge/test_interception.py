"""What a known product signs is intercepted on any host; a private CA of no known name is not."""

import pytest
from builders import NOW, a_leaf, an_attempt, codes, facts, refused, the

from certmend.lab.pki import Authority

PRODUCT = Authority.root("Zscaler Root CA", organization="Zscaler Inc.", now=NOW)
PRIVATE = Authority.root("Zebra Root CA", organization="Zebra Inc.", now=NOW)


@pytest.mark.parametrize(
    ("issuer", "names", "expected"),
    [
        (PRODUCT, (), ["intercepting-proxy"]),
        (PRODUCT, ("gateway.example",), ["untrusted-root", "hostname-mismatch"]),
        (PRIVATE, (), ["untrusted-root"]),
    ],
    ids=["a product's", "its own page", "a private CA's"],
)
def test_a_private_host_and_who_signs_for_it(issuer, names, expected):
    attempt = an_attempt(a_leaf(issuer, *names), issuer, failure=refused(19))
    assert codes(facts(attempt)) == expected


def test_it_is_a_note_where_it_is_trusted():
    found = the("intercepting-proxy", facts(an_attempt(a_leaf(PRODUCT)), trusts=(PRODUCT,)))
    assert found.severity == "note"
    assert 'from "Zscaler Root CA"' in found.why
