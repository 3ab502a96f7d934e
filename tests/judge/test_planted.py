"""Faults that hide others: what stands above a broken link is found all the same."""

import msgspec
import pytest
from builders import DAY, HOST, ISSUING, LEAF, NOW, ROOT, a_store

from certmend.judge import inspection, mending, openssl, profiles
from certmend.judge.inspection import Subject
from certmend.judge.question import NO_SUCH_HOST, Question
from certmend.lab import issue, keys
from certmend.lab.pki import Authority
from certmend.model import certificate, tlv

OPENSSL = (profiles.PLAIN, profiles.NO_COMMON_NAME)
OTHER = Authority.root("Other Root CA", now=NOW - 400 * DAY)


def changed(credential, issuer, *pairs: tuple[bytes, bytes]) -> bytes:
    """A certificate with other bytes in it, under a signature that fits."""
    body = tlv.signed_part(credential.der)
    for old, new in pairs:
        assert body.count(old) == 1
        assert len(old) == len(new)
        body = body.replace(old, new)
    return issue.signed(body, issuer.key, credential.profile)


def mismatched(leaf, issuer) -> bytes:
    """A leaf that names another key of its issuer's than the one that signed it."""
    return changed(leaf, issuer, (keys.key_identifier(issuer.key), bytes(20)))


def errors(*chain: bytes, trusts=(ROOT,), host=HOST, profile=profiles.PLAIN) -> set[str]:
    subject = Subject(chain=chain, store=a_store("given.pem", *trusts), host=host, at=NOW)
    verdict = inspection.judge(subject, profile)
    assert not verdict.trusted
    return {one.code for one in verdict.findings if one.severity == "error"}


@pytest.mark.parametrize("profile", OPENSSL, ids=lambda one: one.name)
@pytest.mark.parametrize(
    ("of_ca", "of_leaf", "planted"),
    [
        ({}, {}, set()),
        ({"not_after": NOW - DAY}, {}, {"issuer-expired"}),
        ({"ca": False}, {"not_after": NOW - DAY}, {"not-a-ca", "expired"}),
        ({"permitted": ("other.example",)}, {"key": "rsa1024"}, {"name-constraint", "weak-crypto"}),
        ({"extended_key_usage": ("client_auth",)}, {}, {"wrong-purpose"}),
    ],
    ids=["alone", "old CA", "no CA, old leaf", "limits, weak leaf", "purpose of CA"],
)
def test_key_identifiers_that_do_not_fit_hide_nothing(of_ca, of_leaf, planted, profile):
    issuer = ROOT.intermediate("Corp Issuing CA", **{"now": NOW - 200 * DAY, **of_ca})
    leaf = issuer.leaf(HOST, **{"now": NOW - 30 * DAY, **of_leaf})
    chain = (mismatched(leaf, issuer), issuer.der)
    assert errors(*chain, profile=profile) == {"malformed-certificate", *planted}
    lost = errors(*chain, trusts=(OTHER,), profile=profile)
    assert lost == {"malformed-certificate", "untrusted-root", *planted}


@pytest.mark.parametrize("profile", profiles.ALL, ids=lambda one: one.name)
def test_a_leaf_that_is_cut_short_hides_nothing_above_it(profile):
    issuer = ROOT.intermediate("Corp Issuing CA", now=NOW - 200 * DAY, not_after=NOW - DAY)
    cut = issuer.leaf(HOST, now=NOW - 30 * DAY).der[:-40]
    assert errors(cut, issuer.der, profile=profile) == {"malformed-certificate", "issuer-expired"}
    assert errors(cut, ISSUING.der, profile=profile) == {"malformed-certificate"}
    assert errors(cut, profile=profile) == {"malformed-certificate"}


@pytest.mark.parametrize("changes", [{"path_length": 0}, {"unknown_critical": True}], ids=str)
def test_a_root_behind_a_broken_link_is_looked_at(changes):
    root = Authority.root("Corp Root CA", now=NOW - 400 * DAY, **changes)
    issuer = root.intermediate("Corp Issuing CA", now=NOW - 200 * DAY)
    chain = (mismatched(issuer.leaf(HOST, now=NOW - DAY), issuer), issuer.der)
    code = "not-a-ca" if "path_length" in changes else "unsupported-extension"
    assert errors(*chain, trusts=(root,)) == {"malformed-certificate", code}


def test_an_extension_that_stands_there_twice_hides_nothing():
    leaf = ISSUING.leaf("other.example", now=NOW - 100 * DAY, not_after=NOW - DAY)
    usage, names = b"\x06\x03\x55\x1d\x0f", b"\x06\x03\x55\x1d\x11"
    twice = changed(leaf, ISSUING, (usage, names))
    assert certificate.read(twice).names_unread
    assert errors(twice, ISSUING.der) == {"malformed-certificate", "expired"}


def test_the_last_ca_of_a_chain_is_judged_as_one_that_has_a_root_above_it():
    issuer = ROOT.intermediate(
        "Corp Issuing CA", now=NOW - 200 * DAY, without=("basic_constraints",)
    )
    leaf = issuer.leaf(HOST, now=NOW - DAY)
    assert errors(leaf.der, issuer.der) == {"not-a-ca"}
    assert errors(leaf.der, issuer.der, trusts=(OTHER,)) == {"not-a-ca", "untrusted-root"}


def test_what_is_made_up_does_not_show():
    question = Question(chain=(LEAF.der, ISSUING.der), anchors=(), host=HOST, at=NOW)
    strict = msgspec.structs.replace(question, flags=openssl.STRICT)
    assert mending.under_a_root(strict, certificate.read(ISSUING.der)) == ()
    assert mending.mend(question, frozenset()) is None


def test_a_version_that_no_reader_takes_keeps_its_names():
    second = changed(LEAF, ISSUING, (b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x01"))
    found = certificate.read(second)
    assert (found.version, found.dns_names) == (2, (HOST,))
    assert found.signed_by(certificate.read(ISSUING.der))
    assert found.key == "EC secp256r1"
    assert errors(second, ISSUING.der, profile=profiles.RUSTLS) == {"malformed-certificate"}


@pytest.mark.parametrize("profile", profiles.ALL, ids=lambda one: one.name)
def test_an_end_before_its_beginning_is_a_matter_of_dates(profile):
    leaf = ISSUING.leaf(HOST, not_before=NOW - DAY, not_after=NOW - 9 * DAY)
    assert errors(leaf.der, ISSUING.der, profile=profile) == {"expired"}
    ahead = ISSUING.leaf(HOST, not_before=NOW + 9 * DAY, not_after=NOW + DAY)
    assert errors(ahead.der, ISSUING.der, profile=profile) == {"not-yet-valid"}


@pytest.mark.parametrize("profile", [profiles.NO_COMMON_NAME, profiles.RUSTLS])
def test_an_address_beside_the_common_name_is_no_name(profile):
    leaf = ISSUING.leaf("192.0.2.7", now=NOW - DAY, common_name=HOST)
    assert errors(leaf.der, ISSUING.der, profile=profile) == {"no-san"}


def test_an_anchors_limits_count_though_the_leaf_has_expired():
    root = Authority.root("Corp Root CA", now=NOW - 400 * DAY, permitted=("other.example",))
    leaf = root.leaf(HOST, now=NOW - 100 * DAY, not_after=NOW - DAY)
    found = errors(leaf.der, trusts=(root,), profile=profiles.RUSTLS)
    assert found == {"expired", "name-constraint"}


@pytest.mark.parametrize(
    ("host", "names", "error"),
    [
        (f"{HOST}.", (HOST,), 62),
        ("a-.corp.example", ("*.corp.example",), None),
        ("a-.corp.example", ("*.other.example",), 62),
        ("a-.example", ("*.example",), 62),
    ],
)
def test_a_host_that_is_no_host_name_is_compared_as_any_other(host, names, error):
    leaf = ISSUING.leaf(*names, now=NOW - DAY)
    answer = openssl.answer(
        Question(chain=(leaf.der, ISSUING.der), anchors=(ROOT.der,), host=host, at=NOW)
    )
    assert answer.error == error


@pytest.mark.parametrize(
    ("host", "issuer", "codes"),
    [
        (HOST, ISSUING, [14]),
        ("other.example", ISSUING, [62, 14]),
        (HOST, ROOT.intermediate("Old CA", now=NOW, not_after=NOW - DAY), [10, 14]),
        (HOST, ROOT.intermediate("Own CA", now=NOW, permitted=("x.example",)), [14, 47]),
    ],
    ids=["alone", "name", "old issuer", "limits"],
)
def test_a_time_without_seconds_is_found_where_openssl_3_comes_to_it(host, issuer, codes):
    leaf = issuer.leaf(HOST, now=NOW - DAY)
    first, last = tlv.dates(leaf.der)
    short = tlv.element(0x17, last[2:12], b"Z")
    body = tlv.signed_part(leaf.der)
    body = body.replace(tlv.element(0x30, first, last), tlv.element(0x30, first, short))
    size = len(body) - 4  # two bytes of length, as in any certificate of this size
    body = body[:2] + size.to_bytes(2, "big") + body[4:]
    odd = issue.signed(body, issuer.key, leaf.profile)
    answer = openssl.answer(
        Question(chain=(odd, issuer.der), anchors=(ROOT.der,), host=host, at=NOW)
    )
    assert [fault.code for fault in answer.faults] == codes
    assert "malformed-certificate" in errors(odd, issuer.der)


def test_a_host_that_nobody_can_ask_for_hides_nothing():
    leaf = ISSUING.leaf(HOST, now=NOW - 100 * DAY, not_after=NOW - DAY)
    answer = openssl.answer(
        Question(chain=(leaf.der, ISSUING.der), anchors=(ROOT.der,), host="a..example", at=NOW)
    )
    assert [fault.code for fault in answer.faults] == [NO_SUCH_HOST, 10]
