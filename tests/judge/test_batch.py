"""A line of JSON in, a line of JSON out; whatever the line holds."""

import json

import pytest
from builders import HOST, ISSUING, LEAF, ROOT

from certmend.judge import batch
from certmend.lab.pki import pem_bundle

AT = "2026-06-01T12:00:00Z"


def case(**changes) -> bytes:
    given = {
        "id": 1,
        "chain": pem_bundle(LEAF, ISSUING),
        "trust": pem_bundle(ROOT),
        "host": HOST,
        "at": AT,
        "profile": "openssl",
    }
    return json.dumps({**given, **changes}).encode()


def answered(*lines: bytes) -> list[dict]:
    return [json.loads(one) for one in batch.answers(lines, lambda _: ())]


def codes(one: dict) -> list[str]:
    return [finding["code"] for finding in one["findings"]]


@pytest.mark.parametrize("profile", ["openssl", "openssl-strict", "openssl-nocn", "webpki"])
def test_a_healthy_case(profile):
    (one,) = answered(case(profile=profile))
    assert one == {"id": 1, "trusted": True, "error": None, "findings": []}


def test_a_refused_case_has_openssls_number_and_the_cause():
    (one,) = answered(case(host="other.example"))
    assert (one["trusted"], one["error"], codes(one)) == (False, 62, ["hostname-mismatch"])
    (by_webpki,) = answered(case(host="other.example", profile="webpki"))
    assert (by_webpki["trusted"], by_webpki["error"]) == (False, None)
    assert codes(by_webpki) == ["hostname-mismatch"]


@pytest.mark.parametrize("identifier", ["x", 7, None, [1, {"a": "ü"}], 1.5])
def test_an_id_comes_back_as_it_was(identifier):
    assert [one["id"] for one in answered(case(id=identifier), case(id=identifier, at="?"))] == [
        identifier,
        identifier,
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "malformed-certificate"),
        (b"\xff\xfe", "malformed-certificate"),
        (b"[]", "malformed-certificate"),
        (b'{"id": 1}', "malformed-certificate"),
        (case(chain=""), "malformed-certificate"),
        (case(chain="hello"), "malformed-certificate"),
        (case(chain=pem_bundle(LEAF)[:200]), "malformed-certificate"),
        (case(chain=pem_bundle(b"\x30\x03\x02\x01")), "malformed-certificate"),
        (case(chain=7), "malformed-certificate"),
        (case(trust="hello"), "bundle-invalid"),
        (case(trust=pem_bundle(ROOT) + pem_bundle(ROOT)[:200]), "bundle-invalid"),
        (case(at="yesterday"), "malformed-certificate"),
        (case(at=12), "malformed-certificate"),
        (case(profile="gnutls"), "malformed-certificate"),
        (case(at="0001-01-01T00:00:00+14:00"), "malformed-certificate"),
    ],
    ids=range(15),
)
def test_a_case_that_cannot_be_read_is_answered_and_the_rest_goes_on(line, code):
    bad, good = answered(line, case(id=2))
    assert (bad["trusted"], bad["error"], codes(bad)) == (False, None, [code])
    assert (good["id"], good["trusted"]) == (2, True)


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"id":' + b"[" * 5000 + b"]" * 5000 + b"," + case()[1:],
        b'{"id":"\xff",' + case()[1:].replace(b'"id": 1, ', b""),
        case(id=7).replace(b'"id": 7', b'"id": NaN'),
    ],
    ids=["nested", "nested id", "no UTF-8", "no number"],
)
def test_an_id_that_is_no_json_is_not_handed_back(line):
    (one,) = answered(line)
    assert one["id"] is None
    assert not one["trusted"]


def test_a_mark_of_the_byte_order_is_no_part_of_a_case():
    (one,) = answered(b"\xef\xbb\xbf" + case())
    assert one["trusted"]


def test_nothing_trusted_is_a_verdict():
    (one,) = answered(case(trust=""))
    assert (one["error"], codes(one)) == (20, ["untrusted-root"])


def test_answers_come_before_the_next_line_is_read():
    read = []

    def lines():
        for number in range(3):
            read.append(number)
            yield case(id=number)

    answers = batch.answers(lines(), lambda _: ())
    assert json.loads(next(answers))["id"] == 0
    assert read == [0]


def test_public_roots_are_asked_for_only_for_public_hosts():
    asked = []
    lines = [case(host="pypi.org"), case()]
    assert len(list(batch.answers(lines, lambda chain: asked.append(chain) or ()))) == 2
    assert asked == [(LEAF.der, ISSUING.der)]
