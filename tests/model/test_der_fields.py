"""The short reading agrees with the library on every certificate that it does not leave to it."""

import datetime as dt

import certifi
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certmend.lab.pki import Authority
from certmend.model import certificate, der
from certmend.observe import bundle

ROOTS = bundle.read(certifi.where(), "").certificates
ROOT = Authority.root()
PAST = dt.datetime(1999, 12, 31, tzinfo=dt.UTC)
FAR = dt.datetime(2070, 1, 1, tzinfo=dt.UTC)
MADE = {
    "root": ROOT,
    "intermediate": ROOT.intermediate(),
    "leaf": ROOT.intermediate().leaf("a.example"),
    "self-signed leaf": Authority.self_signed_leaf("a.example"),
    "version 1": Authority.root(version=1),
    "no key usage": Authority.root(without=("key_usage",)),
    "no CA": ROOT.intermediate(ca=False),
    "no basic constraints": Authority.root(without=("basic_constraints",)),
    "nothing says that it is a CA": Authority.root(without=("basic_constraints", "key_usage")),
    "a CA that may not sign": Authority.root(key_usage=("crl_sign",)),
    "last century": Authority.root(not_before=PAST),
    "after 2049": Authority.root(not_after=FAR),
    "letters": Authority.root("Größe 漢字"),
}


def check(content: bytes) -> None:
    short, whole = der.brief(content), certificate.read(content)
    assert short.label == (whole.subject.common_name or whole.subject.organization)
    assert (short.not_before, short.not_after) == (whole.not_before, whole.not_after)
    assert short.may_sign == whole.passes_as_root


def test_it_agrees_on_every_public_root():
    left = 0
    for content in ROOTS:
        try:
            check(content)
        except ValueError:
            left += 1
    assert left <= len(ROOTS) // 20


@pytest.mark.parametrize("name", MADE)
def test_it_agrees_on_what_the_lab_makes(name):
    check(MADE[name].der)


@given(st.integers(0, len(ROOT.der) - 1), st.integers(0, 255))
def test_damage_is_left_to_the_library_and_never_raises_anything_else(at, value):
    damaged = bytearray(ROOT.der)
    damaged[at] = value
    try:
        der.brief(bytes(damaged))
    except ValueError:
        return


@given(st.binary(max_size=60))
def test_no_certificate_is_none(content):
    with pytest.raises(ValueError):
        der.brief(content)
    assert der.without_trust(content) in (content, content[: len(der.without_trust(content))])
