"""Which anchor may be the root above an issuer that nobody has seen, by names alone."""

import pytest

from certmend.lab.pki import Authority
from certmend.model import certificate, kinship


def between(root: str, issuing: str, *, public: bool = False, organizations=("", "")) -> bool:
    above, below = (one or None for one in organizations)
    ca = Authority.root(root, organization=above)
    issuer = Authority.root("unseen").intermediate(issuing, organization=below)
    leaf = certificate.read(issuer.leaf("pypi.corp.example").der)
    anchor = certificate.read(ca.der)
    may = kinship.may_be_above(anchor, leaf, public=public)
    assert not may or any(trace in ca.der.lower() for trace in kinship.traces(leaf))
    return may


@pytest.mark.parametrize(
    ("root", "issuing"),
    [
        ("Corp Root CA", "Corp Issuing CA"),
        ("Internal Root CA", "Internal Server CA 2"),
        ("Übung Wurzel", "Übung Zwischen"),
    ],
)
def test_a_word_of_its_own_tells_a_private_owner(root, issuing):
    assert between(root, issuing)
    assert not between(root, issuing, public=True)


@pytest.mark.parametrize(
    ("root", "issuing"),
    [
        ("Example Root CA", "Corp Issuing CA"),
        ("Root CA", "TLS Issuing CA"),
        ("Corp Root CA", "Corp Root CA 2"),
        ("Corp Root CA", "Corp Root CA"),
    ],
)
def test_words_that_every_ca_has_and_other_roots_tell_nothing(root, issuing):
    assert not between(root, issuing)


def test_the_organisation_tells_a_public_owner_too():
    both = ("Corp Ltd", "Corp Ltd")
    assert between("Global Root", "R3", public=True, organizations=both)
    assert not between("Global Root", "R3", organizations=("Corp Ltd", "Other Ltd"))
