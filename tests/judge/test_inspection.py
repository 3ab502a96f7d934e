"""A chain with planted faults: all are found, and nothing that is not there."""

import datetime as dt
from itertools import product

import msgspec
import pytest
from builders import DAY, HOST, ISSUING, LEAF, NOW, ROOT, a_store

from certmend.judge import inspection, profiles
from certmend.judge.inspection import Subject
from certmend.lab import issue
from certmend.lab.pki import Authority

OTHER = Authority.root("Other Root CA", now=NOW - 400 * DAY)
OF_LEAF = {
    "": {},
    "expired": {"not_after": NOW - DAY},
    "not-yet-valid": {"not_before": NOW + DAY, "not_after": NOW + 90 * DAY},
    "wrong-purpose": {"extended_key_usage": ("client_auth",)},
    "weak-crypto": {"key": "rsa1024"},
    "weak-crypto/sha1": {"digest": "sha1"},
    "unsupported-extension": {"unknown_critical": True},
    "bad-signature": {"damaged": True},
    "hostname-mismatch": {},
}
OF_CA = {
    "": {},
    "issuer-expired": {"not_after": NOW - DAY},
    "not-a-ca": {"ca": False},
    "name-constraint": {"permitted": ("other.example",)},
    "wrong-purpose": {"extended_key_usage": ("client_auth",)},
    "unsupported-extension": {"unknown_critical": True},
}
ORDINARY = (profiles.PLAIN, profiles.NO_COMMON_NAME, profiles.RUSTLS)


def subject(leaf, *above, trusts=(ROOT,), host=HOST, at=NOW) -> Subject:
    return Subject(
        chain=tuple(one.der for one in (leaf, *above)),
        store=a_store("given.pem", *trusts),
        host=host,
        at=at,
    )


def errors(verdict) -> set[str]:
    return {one.code for one in verdict.findings if one.severity == "error"}


@pytest.mark.parametrize("profile", ORDINARY, ids=lambda one: one.name)
@pytest.mark.parametrize("lost", ["", "untrusted-root"])
@pytest.mark.parametrize(("ca", "leaf"), list(product(OF_CA, OF_LEAF)))
def test_all_planted_faults_are_found_and_no_other(ca, leaf, lost, profile):
    issuer = ROOT.intermediate("Corp Issuing CA", **{"now": NOW - 200 * DAY, **OF_CA[ca]})
    names = ("x.other.example",) if leaf == "hostname-mismatch" else (HOST,)
    shown = issuer.leaf(*names, **{"now": NOW - 30 * DAY, **OF_LEAF[leaf]})
    trusts = (OTHER,) if lost else (ROOT,)
    verdict = inspection.judge(subject(shown, issuer, trusts=trusts), profile)
    planted = {one.partition("/")[0] for one in (ca, leaf, lost) if one}
    if leaf == "hostname-mismatch":
        planted.discard("name-constraint")  # the name that it has is allowed
    assert errors(verdict) == planted
    assert verdict.trusted is not bool(planted)


@pytest.mark.parametrize("profile", profiles.ALL, ids=lambda one: one.name)
def test_a_healthy_chain_has_no_finding(profile):
    verdict = inspection.judge(subject(LEAF, ISSUING), profile)
    assert verdict.trusted
    assert verdict.error is None
    assert verdict.findings == ()


@pytest.mark.parametrize(
    ("profile", "refused"),
    [
        (profiles.PLAIN, False),
        (profiles.STRICT_CHECKS, False),
        (profiles.NO_COMMON_NAME, True),
        (profiles.RUSTLS, True),
    ],
    ids=lambda one: getattr(one, "name", ""),
)
def test_a_name_in_the_common_name_alone(profile, refused):
    leaf = ISSUING.leaf(HOST, now=NOW - DAY, without=("san",))
    verdict = inspection.judge(subject(leaf, ISSUING), profile)
    assert verdict.trusted is not refused
    assert inspection.codes(verdict.findings) == ("no-san",)
    assert errors(verdict) == ({"no-san"} if refused else set())


def test_a_ca_as_leaf_is_an_error_for_webpki_alone():
    leaf = ISSUING.leaf(HOST, now=NOW - DAY, ca=True, path_length=0)
    assert errors(inspection.judge(subject(leaf, ISSUING), profiles.RUSTLS)) == {"ca-as-leaf"}
    plain = inspection.judge(subject(leaf, ISSUING), profiles.PLAIN)
    assert plain.trusted
    assert inspection.codes(plain.findings) == ("ca-as-leaf",)


@pytest.mark.parametrize(
    "changes",
    [{"without": ("ski",)}, {"without": ("key_usage",)}, {"basic_constraints_critical": False}],
    ids=str,
)
def test_the_strict_profile_alone_asks_for_more(changes):
    issuer = ROOT.intermediate("Corp Issuing CA", now=NOW - 200 * DAY, **changes)
    shown = subject(issuer.leaf(HOST, now=NOW - DAY), issuer)
    assert errors(inspection.judge(shown, profiles.STRICT_CHECKS)) == {"strict-profile"}
    for profile in ORDINARY:
        assert inspection.judge(shown, profile).findings == ()


@pytest.mark.parametrize("profile", profiles.ALL, ids=lambda one: one.name)
def test_a_self_signed_leaf(profile):
    leaf = Authority.self_signed_leaf(HOST, now=NOW - DAY)
    assert errors(inspection.judge(subject(leaf), profile)) == {"self-signed-leaf"}
    assert inspection.judge(subject(leaf, trusts=(leaf,)), profile).trusted


@pytest.mark.parametrize("profile", profiles.ALL, ids=lambda one: one.name)
def test_an_intermediate_left_out_is_told_by_the_names(profile):
    verdict = inspection.judge(subject(LEAF), profile)
    assert errors(verdict) == {"missing-intermediate"}
    assert verdict.findings[0].certainty == "likely"
    assert errors(inspection.judge(subject(LEAF, trusts=(OTHER,)), profile)) == {"untrusted-root"}


@pytest.mark.parametrize("profile", profiles.ALL, ids=lambda one: one.name)
def test_a_rotated_root_is_a_stale_bundle(profile):
    new = ROOT.rotated(now=NOW - 300 * DAY)
    issuer = new.intermediate("Corp Issuing CA", now=NOW - 200 * DAY)
    verdict = inspection.judge(subject(issuer.leaf(HOST, now=NOW - DAY), issuer), profile)
    assert errors(verdict) == {"bundle-stale"}
    assert verdict.findings[0].certainty == "proven"
    issuer = new.intermediate("Corp Issuing CA", now=NOW - 200 * DAY, without=("aki",))
    verdict = inspection.judge(subject(issuer.leaf(HOST, now=NOW - DAY), issuer), profile)
    stale = next(one for one in verdict.findings if one.code == "bundle-stale")
    assert stale.certainty == "likely"
    assert "damaged" in stale.cure[-1]


def test_a_broken_extension_that_openssl_passes_over_is_no_lack_of_trust():
    leaf = ISSUING.leaf(HOST, now=NOW - DAY)
    at = leaf.der.index(bytes.fromhex("0603551d11"))  # subject alternative name
    broken = leaf.der[: at + 7] + b"\x31" + leaf.der[at + 8 :]
    body = broken[4 : 4 + 4 + int.from_bytes(broken[6:8], "big")]
    signed = issue.signed(body, ISSUING.key, leaf.profile)
    shown = msgspec.structs.replace(subject(leaf, ISSUING), chain=(signed, ISSUING.der))
    for profile in profiles.ALL:
        found = errors(inspection.judge(shown, profile))
        assert found - {"hostname-mismatch"} == {"malformed-certificate"}


def test_an_expired_root_stops_openssl_and_not_webpki():
    root = Authority.root("Corp Root CA", now=NOW - 400 * DAY, not_after=NOW - DAY)
    shown = subject(root.leaf(HOST, now=NOW - 30 * DAY), trusts=(root,))
    assert errors(inspection.judge(shown, profiles.PLAIN)) == {"issuer-expired"}
    assert inspection.judge(shown, profiles.RUSTLS).trusted


def test_a_leaf_that_ends_soon_is_a_warning():
    leaf = ISSUING.leaf(HOST, now=NOW - 30 * DAY, not_after=NOW + dt.timedelta(days=3))
    verdict = inspection.judge(subject(leaf, ISSUING), profiles.PLAIN)
    assert verdict.trusted
    assert [(one.code, one.severity) for one in verdict.findings] == [("expiring-soon", "warning")]
