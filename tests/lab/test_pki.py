import base64
import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from handshakes import connected, verdict, verify_code, verifying

from certmend.lab.front import Front
from certmend.lab.pki import Authority, Leaf, pem_bundle

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("strict", [False, True], ids=["default", "strict"])
@pytest.mark.parametrize("key", ["p256", "p384", "rsa2048", "ed25519"])
def test_everything_is_valid_until_told_otherwise(key, strict):
    root = Authority.root(key=key)
    issuing = root.intermediate(key=key)
    leaf = issuing.leaf("localhost", "127.0.0.1", key=key)
    for name in ("localhost", "127.0.0.1"):
        assert verdict(leaf, [issuing], trusts=[root], name=name, strict=strict) == 0


@pytest.mark.parametrize("digest", ["sha384", "sha512"])
def test_other_digests_are_as_good(root, digest):
    assert verdict(root.leaf("localhost", digest=digest), [], trusts=[root], strict=True) == 0


# What the leaf is told, then the verify codes of the default and of the strict profile.
LEAVES = {
    "expired": ({"not_after": NOW - DAY}, 10, 10),
    "not-yet-valid": ({"not_before": NOW + DAY}, 9, 9),
    "client-only": ({"extended_key_usage": ("client_auth",)}, 26, 26),
    "unknown-critical": ({"unknown_critical": True}, 34, 34),
    "damaged": ({"damaged": True}, 7, 7),
    "small-key": ({"key": "rsa1024"}, 66, 66),
    "sha1": ({"digest": "sha1"}, 68, 68),
    "no-aki": ({"without": ("aki",)}, 0, 85),
    "no-san": ({"without": ("san",)}, 0, 0),
    "no-ski": ({"without": ("ski",)}, 0, 0),
    "as-ca": ({"ca": True}, 0, 0),
    "v1": ({"version": 1}, 0, None),
}


@pytest.mark.parametrize(("changes", "default", "strict"), LEAVES.values(), ids=LEAVES)
def test_a_keyword_breaks_one_thing_of_a_leaf(root, issuing, changes, default, strict):
    leaf = issuing.leaf("localhost", **changes)
    assert verdict(leaf, [issuing], trusts=[root]) == default
    if strict is not None:
        assert verdict(leaf, [issuing], trusts=[root], strict=True) == strict


INTERMEDIATES = {
    "expired": ({"not_after": NOW - DAY}, 10, 10),
    "not-a-ca": ({"ca": False}, 79, 79),
    "no-basic-constraints": ({"without": ("basic_constraints",)}, 79, 79),
    "no-key-usage": ({"without": ("key_usage",)}, 0, 92),
    "no-ski": ({"without": ("ski",)}, 0, 86),
    "not-permitted": ({"permitted": ("corp.example",)}, 47, 47),
    "excluded": ({"excluded": ("localhost",)}, 48, 48),
    "v1": ({"version": 1}, 79, 79),
}


@pytest.mark.parametrize(
    ("changes", "default", "strict"), INTERMEDIATES.values(), ids=INTERMEDIATES
)
def test_a_keyword_breaks_one_thing_of_an_intermediate(root, changes, default, strict):
    middle = root.intermediate(**changes)
    leaf = middle.leaf("localhost")
    assert verdict(leaf, [middle], trusts=[root]) == default
    assert verdict(leaf, [middle], trusts=[root], strict=True) == strict


ROOTS = {
    "expired": ({"not_after": NOW - DAY}, 10, 10),
    "small-key": ({"key": "rsa1024"}, 67, 67),
    "not-critical": ({"basic_constraints_critical": False}, 0, 89),
    "no-key-usage": ({"without": ("key_usage",)}, 0, 92),
    "no-aki": ({"without": ("aki",)}, 0, 0),
    "v1": ({"version": 1}, 0, 79),
}


@pytest.mark.parametrize(("changes", "default", "strict"), ROOTS.values(), ids=ROOTS)
def test_a_keyword_breaks_one_thing_of_a_root(changes, default, strict):
    root = Authority.root(**changes)
    leaf = root.leaf("localhost")
    assert verdict(leaf, [], trusts=[root]) == default
    assert verdict(leaf, [], trusts=[root], strict=True) == strict


def test_path_length_counts_the_intermediates_below(root):
    top = root.intermediate(path_length=0)
    below = top.intermediate("Corp Team CA")
    assert verdict(top.leaf("localhost"), [top], trusts=[root]) == 0
    assert verdict(below.leaf("localhost"), [below, top], trusts=[root]) == 25


def test_name_constraints_let_what_they_permit_pass(root):
    middle = root.intermediate(permitted=("corp.example", "127.0.0.0/8"), excluded=("bad.example",))
    leaf = middle.leaf("pypi.corp.example", "127.0.0.1")
    for name in ("pypi.corp.example", "127.0.0.1"):
        assert verdict(leaf, [middle], trusts=[root], name=name, strict=True) == 0


def test_names_and_addresses_are_told_apart(root):
    assert verdict(root.leaf("other.example"), [], trusts=[root]) == 62
    assert verdict(root.leaf("10.0.0.1"), [], trusts=[root], name="127.0.0.1") == 64
    as_name = root.leaf("127.0.0.1", addresses_as_dns=True)
    assert verdict(as_name, [], trusts=[root], name="127.0.0.1") == 64


def test_a_chain_that_nobody_trusts(root, issuing):
    leaf, stranger = issuing.leaf("localhost"), Authority.root("Other Root CA")
    assert verdict(leaf, [], trusts=[root]) == 20
    assert verdict(leaf, [issuing], trusts=[stranger]) == 20
    assert verdict(leaf, [issuing, root], trusts=[stranger]) == 19


@pytest.mark.parametrize("ca", [False, True])
def test_a_self_signed_leaf_can_be_trusted_itself(root, ca):
    leaf = Authority.self_signed_leaf("localhost", ca=ca)
    assert verdict(leaf, [], trusts=[root]) == 18
    assert verdict(leaf, [], trusts=[leaf]) == 0


def test_a_signature_by_another_key(root, issuing):
    leaf = issuing.leaf("localhost", signed_with=root)
    assert verdict(leaf, [issuing], trusts=[root]) == 7


def test_a_renewed_root_keeps_its_key(root):
    renewed = root.renewed()
    assert renewed.der != root.der
    assert verdict(root.leaf("localhost"), [], trusts=[renewed], strict=True) == 0


def test_a_renewal_is_free_of_the_old_faults(root):
    renewed = root.intermediate(not_after=NOW - DAY, damaged=True).renewed()
    assert verdict(renewed.leaf("localhost"), [renewed], trusts=[root], strict=True) == 0


def test_a_rotated_root_has_the_name_and_another_key(root):
    rotated = root.rotated()
    assert rotated.certificate.subject == root.certificate.subject
    assert verdict(root.leaf("localhost"), [], trusts=[rotated]) == 20
    assert verdict(root.leaf("localhost", without=("aki",)), [], trusts=[rotated]) == 7
    assert verdict(rotated.leaf("localhost"), [], trusts=[rotated], strict=True) == 0


def test_a_cross_signed_root_leads_to_either_anchor(root):
    old = Authority.root("Old Root CA")
    crossed = old.cross_sign(root)
    leaf = root.leaf("localhost")
    for anchor in (old, root):
        assert verdict(leaf, [crossed], trusts=[anchor], strict=True) == 0


def test_a_revocation_list_names_what_is_revoked(tmp_path, root):
    good, bad = root.leaf("localhost"), root.leaf("localhost")
    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem + _crl_pem(root.crl(bad)))
    assert _checked_against_crl(good, bundle) == 0
    assert _checked_against_crl(bad, bundle) == 23
    bundle.write_text(
        root.pem + _crl_pem(root.crl(next_update=NOW - DAY, this_update=NOW - 2 * DAY))
    )
    assert _checked_against_crl(bad, bundle) == 12


def _crl_pem(der: bytes) -> str:
    return f"-----BEGIN X509 CRL-----\n{base64.encodebytes(der).decode()}-----END X509 CRL-----\n"


def _checked_against_crl(leaf: Leaf, bundle: Path) -> int:
    context = ssl.create_default_context(cafile=str(bundle))
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    with Front(None, leaf) as front:
        return verify_code(front.port, context)


def test_weak_parts_are_really_weak():
    root = Authority.root(key="rsa1024", digest="sha1")
    made = root.certificate
    assert made.signature_algorithm_oid == x509.SignatureAlgorithmOID.RSA_WITH_SHA1
    key = made.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 1024
    # cryptography verifies no SHA-1 certificate, and still SHA-1 signatures of bytes.
    key.verify(made.signature, made.tbs_certificate_bytes, padding.PKCS1v15(), hashes.SHA1())


def test_version_one_has_no_extensions(root):
    made = root.leaf("localhost", version=1).certificate
    assert made.version is x509.Version.v1
    assert len(made.extensions) == 0


# OpenSSL reads no Certificate message beyond 100 KiB (SSL_MAX_CERT_LIST_DEFAULT).
HOSTILE = [
    "\x1b[2J\x1b[31mred",
    "[bold]pip[/bold]",
    "two\nlines",
    "\u202etxt.exe\u200b",
    "x" * 90_000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=["escape", "markup", "newline", "bidi", "long"])
def test_a_hostile_common_name_is_served_as_it_is(root, name):
    leaf = root.leaf("localhost", common_name=name)
    with Front(None, leaf) as front:
        assert name.encode() in _leaf_shown(front.port, root)
    assert leaf.name == name


def test_an_empty_common_name_is_a_name_too(root):
    assert root.leaf("localhost", common_name="").name == ""
    assert Authority.root(common_name="").name == ""


def _leaf_shown(port: int, root: Authority) -> bytes:
    with connected(port, verifying(root)) as session:
        return session.getpeercert(binary_form=True) or b""


def test_the_subject_says_what_it_is_told(root):
    leaf = root.leaf(
        "localhost", organization="Corp", organizational_unit="IT", email="it@corp.example"
    )
    subject = leaf.certificate.subject
    said = {oid: subject.get_attributes_for_oid(oid)[0].value for oid in _SUBJECT}
    assert tuple(said.values()) == ("Corp", "IT", "localhost", "it@corp.example")


_SUBJECT = (
    NameOID.ORGANIZATION_NAME,
    NameOID.ORGANIZATIONAL_UNIT_NAME,
    NameOID.COMMON_NAME,
    NameOID.EMAIL_ADDRESS,
)


def test_places_to_look_at_are_written_down(root):
    urls = {
        "aia": "http://a.example/ca",
        "ocsp_url": "http://o.example",
        "crl_url": "http://c.example",
    }
    extensions = root.leaf("localhost", **urls).certificate.extensions
    access = extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert [one.access_location.value for one in access] == [
        "http://a.example/ca",
        "http://o.example",
    ]
    points = extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert [name.value for point in points for name in point.full_name] == ["http://c.example"]


def test_dates_follow_the_given_moment():
    moment = dt.datetime(2031, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    made = Authority.root(now=moment).certificate
    assert made.not_valid_before_utc == moment - DAY
    assert made.not_valid_after_utc == moment + 3650 * DAY


def test_the_key_fits_the_certificate_in_pem(root):
    leaf = root.leaf("localhost")
    key = serialization.load_pem_private_key(leaf.key_pem.encode(), None)
    assert key.public_key() == x509.load_pem_x509_certificate(leaf.pem.encode()).public_key()


def test_a_bundle_keeps_the_order(root, issuing):
    loaded = x509.load_pem_x509_certificates(pem_bundle(issuing, root.der).encode())
    assert [one.public_bytes(serialization.Encoding.DER) for one in loaded] == [
        issuing.der,
        root.der,
    ]
