"""What looks like DER and is none costs nothing: only what is in one SEQUENCE is taken apart."""

import pytest

from certmend.model import tlv

ZEROS = bytes(1 << 20)


@pytest.mark.parametrize(
    "content",
    [ZEROS, tlv.element(tlv.SEQUENCE, ZEROS), tlv.element(0x31, tlv.element(0x02, b"1")), b""],
    ids=["zeros", "a sequence of zeros", "a set", "nothing"],
)
def test_a_megabyte_of_nothing_has_no_fields(content):
    assert not list(tlv.extensions(content))
    assert tlv.dates(content) == ()
    assert tlv.rewritten(content, ()) == b""
