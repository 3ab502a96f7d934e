import datetime as dt

import pytest

from certmend.lab import der

# Encodings from ITU-T X.690 and RFC 5280, section 4.1.2.5.
INTEGERS = {0: "020100", 127: "02017f", 128: "02020080", 256: "02020100", -1: "0201ff"}


@pytest.mark.parametrize(("value", "expected"), INTEGERS.items())
def test_integers(value, expected):
    assert der.integer(value).hex() == expected


LENGTHS = {
    0: "3000",
    127: "307f",
    128: "308180",
    255: "3081ff",
    256: "30820100",
    65536: "3083010000",
}


@pytest.mark.parametrize(("size", "head"), LENGTHS.items())
def test_lengths_are_the_shortest(size, head):
    assert der.sequence(bytes(size)) == bytes.fromhex(head) + bytes(size)


OIDS = {"2.5.29.17": "0603551d11", "1.2.840.113549": "06062a864886f70d", "2.999.1": "0603883701"}


@pytest.mark.parametrize(("dotted", "expected"), OIDS.items())
def test_object_identifiers(dotted, expected):
    assert der.oid(dotted).hex() == expected


TIMES = {
    dt.datetime(1949, 12, 31, tzinfo=dt.UTC): b"\x18\x0f19491231000000Z",
    dt.datetime(2049, 12, 31, 23, 59, 59, tzinfo=dt.UTC): b"\x17\x0d491231235959Z",
    dt.datetime(2050, 1, 1, tzinfo=dt.UTC): b"\x18\x0f20500101000000Z",
    dt.datetime(2030, 1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=2))): b"\x17\x0d300101000000Z",
}


@pytest.mark.parametrize(("moment", "expected"), TIMES.items())
def test_times(moment, expected):
    assert der.time(moment) == expected
