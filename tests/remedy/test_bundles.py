"""Bundles as text: merged, dated, refused, changed with nothing else touched."""

import datetime as dt

import pytest
from builders import NOW, ROOT, a_leaf
from hypothesis import example, given
from hypothesis import strategies as st

from certmend.errors import UsageError
from certmend.lab.pki import Authority, pem_block
from certmend.observe.bundle import certificates_in
from certmend.remedy import bundles

OTHER = Authority.root("Other -----BEGIN CERTIFICATE----- \n Röot", now=NOW - dt.timedelta(days=9))
OLD = Authority.root(
    "Old CA", not_before=NOW - dt.timedelta(days=99), not_after=NOW - dt.timedelta(days=1)
)
V1 = Authority.root("Version one", version=1, now=NOW - dt.timedelta(days=9))


def members(*things, source="a file"):
    return bundles.members([one.der for one in things], source)


def test_each_certificate_once_in_the_order_given():
    merged = bundles.merge(members(OTHER, ROOT, OTHER), NOW)
    assert [one.der for one in merged.kept] == [OTHER.der, ROOT.der]
    assert merged.duplicates == 1
    found, damaged = certificates_in(bundles.text(merged.kept).encode("ascii"))
    assert (found, damaged) == ((OTHER.der, ROOT.der), 0)


def test_an_expired_one_is_left_out_and_named():
    merged = bundles.merge(members(ROOT, OLD), NOW)
    assert [one.label for one in merged.expired] == ["Old CA"]
    assert [one.der for one in merged.kept] == [ROOT.der]


@pytest.mark.parametrize("leaf", [a_leaf(), Authority.self_signed_leaf("x")], ids=["issued", "own"])
def test_a_leaf_is_refused(leaf):
    with pytest.raises(UsageError, match="is no CA"):
        bundles.merge(members(leaf), NOW)


def test_a_root_of_version_1_is_a_ca():
    assert bundles.merge(members(V1), NOW).kept


def test_the_comment_says_name_dates_fingerprint_and_source():
    block = bundles.block(members(ROOT, source="/etc/corp.pem")[0])
    assert block.startswith("# Corp Root CA\n# valid ")
    assert f"# sha256 {bundles.members([ROOT.der], '')[0].sha256}\n# from /etc/corp.pem\n" in block


PLAIN = (
    b"Our CAs\r\n\r\n# mine\r\n" + pem_block(ROOT.der).replace("\n", "\r\n").encode() + b"\r\nbye"
)


def test_adding_leaves_what_is_there():
    more = bundles.added(PLAIN, members(OTHER))
    assert more.startswith(PLAIN)
    assert certificates_in(more)[0] == (ROOT.der, OTHER.der)
    assert b"\n" not in more.replace(b"\r\n", b"")
    assert bundles.added(more, members(ROOT, OTHER)) == more


def test_removing_takes_the_block_and_its_comment_alone():
    sha256 = members(ROOT)[0].sha256
    assert bundles.removed(PLAIN, [sha256]) == b"Our CAs\r\n\r\nbye"
    assert bundles.removed(PLAIN, ["0" * 64]) == PLAIN


@example([ROOT], b"# the last line is mine")
@given(st.lists(st.sampled_from([ROOT, OTHER, V1]), max_size=6), st.binary(max_size=40))
def test_added_then_removed_is_as_before(things, before):
    before = before.replace(b"-", b"") + b"\n"
    new = members(*things)
    both = bundles.added(before, new)
    back = bundles.removed(both, {one.sha256 for one in new})
    assert back == before


def test_the_pieces_of_a_bundle_give_it_again():
    assert b"".join(piece for piece, _ in bundles.parts(PLAIN)) == PLAIN


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("AB:cd:01:23", "abcd0123"),
        ("sha256:abcd", "abcd"),
        ("SHA256 Fingerprint=AB:CD", "abcd"),
        ("SHA-256: ab cd", "abcd"),
        ("sha256//abcd", "abcd"),
        ("md5:abcd", None),
        ("ca.pem", None),
        ("", None),
        ("12", None),
    ],
)
def test_fingerprints_are_read_as_people_write_them(words, digits):
    assert bundles.hexadecimal(words) == digits
