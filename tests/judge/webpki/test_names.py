"""DNS names and addresses as webpki compares them."""

import pytest

from certmend.judge.webpki.names import Role, in_network, matches, valid
from certmend.judge.webpki.rejection import BAD_CONSTRAINT, BAD_DNS_NAME, BAD_MASK, Rejection

REFERENCE, PERMITTED, EXCLUDED = Role.REFERENCE, Role.PERMITTED, Role.EXCLUDED


@pytest.mark.parametrize(
    ("presented", "host", "expected"),
    [
        ("a.example", "a.example", True),
        ("A.example", "a.EXAMPLE", True),
        ("a.example", "b.example", False),
        ("*.example.com", "a.example.com", True),
        ("*.example.com", "a.b.example.com", False),
        ("*.example.com", "example.com", False),
        ("a_b.example", "a_b.example", True),
        ("a.example", "a.example.", True),
    ],
)
def test_a_name_in_a_certificate_and_a_host(presented, host, expected):
    assert matches(presented.encode(), host.encode(), REFERENCE) is expected


@pytest.mark.parametrize(
    ("presented", "base", "permitted", "excluded"),
    [
        ("a.example.com", "example.com", True, True),
        ("example.com", "example.com", True, True),
        ("badexample.com", "example.com", False, False),
        ("a.example.com", ".example.com", True, True),
        ("example.com", ".example.com", False, False),
        ("a.example.com", "", True, True),
        ("*.example.com", "example.com", True, True),
        # A wildcard may become the excluded name, and is not inside a permitted one.
        ("*.example.com", "a.example.com", False, True),
    ],
)
def test_a_name_in_a_certificate_and_a_constraint(presented, base, permitted, excluded):
    assert matches(presented.encode(), base.encode(), PERMITTED) is permitted
    assert matches(presented.encode(), base.encode(), EXCLUDED) is excluded


@pytest.mark.parametrize(
    "name",
    [
        *("", "a..b", "-a.example", "a-.example", "1.2.3.4", "*.com", "a*.example.com", "*"),
        *("ä.example", "x" * 64 + ".example", "a." * 127 + "a", "a.example."),
    ],
)
def test_what_is_no_name_in_a_certificate(name):
    assert not valid(name.encode(), Role.PRESENTED)
    with pytest.raises(Rejection) as refused:
        matches(name.encode(), b"a.example", REFERENCE)
    assert refused.value.kind is BAD_DNS_NAME


def test_a_constraint_is_no_wildcard():
    with pytest.raises(Rejection) as refused:
        matches(b"a.example", b"*.example", PERMITTED)
    assert refused.value.kind is BAD_CONSTRAINT


@pytest.mark.parametrize(
    ("address", "network", "expected"),
    [
        ("c0000207", "c0000200ffffff00", True),
        ("c0000307", "c0000200ffffff00", False),
        ("c0000207", "0000000000000000", True),
        ("c0000207", "00" * 32, False),
    ],
)
def test_an_address_in_a_network(address, network, expected):
    assert in_network(bytes.fromhex(address), bytes.fromhex(network)) is expected


@pytest.mark.parametrize("network", ["c0000200ff00ff00", "c0000200fd000000", "c00002"])
def test_a_mask_with_holes_is_refused(network):
    with pytest.raises(Rejection) as refused:
        in_network(bytes.fromhex("c0000207"), bytes.fromhex(network))
    assert refused.value.kind is BAD_MASK
