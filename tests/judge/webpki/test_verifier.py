"""webpki's verdict and its word for it, rule by rule."""

import datetime as dt

import pytest
from builders import DAY, HOST, ISSUING, LEAF, NOW, ROOT

from certmend.judge.question import Question
from certmend.judge.webpki import verifier
from certmend.lab.pki import Authority


def answer(chain, *anchors, host=HOST, at=NOW):
    return verifier.answer(
        Question(
            chain=tuple(one if isinstance(one, bytes) else one.der for one in chain),
            anchors=tuple(one.der for one in anchors or (ROOT,)),
            host=host,
            at=at,
            verifier="webpki",
        )
    )


def words(chain, *anchors, **changes):
    return [fault.word for fault in answer(chain, *anchors, **changes).faults]


def a_leaf(issuer=ISSUING, *names, **changes):
    return issuer.leaf(*(names or (HOST,)), **{"now": NOW - 30 * DAY, **changes})


def an_issuer(**changes):
    return ROOT.intermediate("Corp Issuing CA", **{"now": NOW - 200 * DAY, **changes})


def test_a_healthy_chain():
    found = answer((LEAF, ISSUING))
    assert found.trusted
    assert found.path == (LEAF.der, ISSUING.der, ROOT.der)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"not_after": NOW - DAY}, "Expired"),
        ({"not_before": NOW + DAY, "not_after": NOW + 9 * DAY}, "NotValidYet"),
        ({"ca": True}, "CaUsedAsEndEntity"),
        ({"extended_key_usage": ("client_auth",)}, "InvalidPurpose"),
        ({"unknown_critical": True}, "UnsupportedCriticalExtension"),
        ({"damaged": True}, "BadSignature"),
        ({"digest": "sha1"}, "UnsupportedSignatureAlgorithm"),
        ({"key": "rsa1024"}, "BadSignature"),
        ({"without": ("san",)}, "NotValidForName"),
    ],
    ids=str,
)
def test_a_fault_of_the_leaf(changes, word):
    assert words((a_leaf(**changes), ISSUING)) == [word]


def test_a_version_that_it_does_not_take():
    assert words((a_leaf(version=1), ISSUING))[0] == "UnsupportedCertVersion"


@pytest.mark.parametrize(
    "changes",
    [
        {"key_usage": ("crl_sign",)},
        {"without": ("aki", "ski")},
        {"serial": -1},
        {"serial": 1 << 239},
        {"key": "p384"},
        {"key": "rsa2048"},
        {"key": "ed25519"},
    ],
    ids=str,
)
def test_what_it_does_not_look_at_or_takes(changes):
    assert answer((a_leaf(**changes), ISSUING)).trusted


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"ca": False}, "EndEntityUsedAsCa"),
        ({"without": ("basic_constraints",)}, "EndEntityUsedAsCa"),
        ({"not_after": NOW - DAY}, "Expired"),
        ({"permitted": ("other.example",)}, "NameConstraintViolation"),
        ({"excluded": ("corp.example",)}, "NameConstraintViolation"),
        ({"key": "rsa1024"}, "BadSignature"),
        ({"extended_key_usage": ("client_auth",)}, "InvalidPurpose"),
    ],
    ids=str,
)
def test_a_fault_of_the_issuer(changes, word):
    issuer = an_issuer(**changes)
    assert words((a_leaf(issuer), issuer)) == [word]


def test_a_path_length_counts_the_cas_below():
    upper = ROOT.intermediate("Upper", now=NOW - 200 * DAY, path_length=0)
    lower = upper.intermediate("Lower", now=NOW - 200 * DAY)
    assert answer((a_leaf(upper), upper)).trusted
    assert words((a_leaf(lower), lower, upper)) == ["PathLenConstraintViolated"]


def test_an_anchor_has_no_dates_and_no_path_length():
    root = Authority.root(now=NOW - 400 * DAY, not_after=NOW - DAY, path_length=0)
    issuer = root.intermediate(now=NOW - 200 * DAY)
    assert answer((a_leaf(issuer), issuer), root).trusted


def test_an_anchor_may_be_of_the_first_version_or_an_intermediate():
    root = Authority.root(now=NOW - 400 * DAY, version=1)
    assert answer((a_leaf(root),), root).trusted
    assert answer((LEAF,), ISSUING).trusted


def test_the_leaf_itself_is_no_anchor():
    assert words((LEAF, ISSUING), LEAF) == ["UnknownIssuer"]


def test_it_goes_back_and_tries_another_issuer():
    """Two certificates of one CA: the first that fits by name has expired."""
    old = an_issuer(not_after=NOW - DAY)
    new = old.renewed(now=NOW - DAY)
    leaf = a_leaf(old)
    assert answer((leaf, old, new)).trusted
    assert answer((leaf, new, old)).trusted
    assert words((leaf, old)) == ["Expired"]


def test_many_certificates_of_one_name_end_the_search():
    loop = [Authority.root("Loop", now=NOW - DAY) for _ in range(9)]
    crossed = [one.cross_sign(other, now=NOW - DAY) for one in loop for other in loop]
    found = answer((a_leaf(loop[0]), *crossed))
    assert not found.trusted


def test_more_than_six_intermediates_are_too_many():
    above, sent = ROOT, []
    for number in range(7):
        above = above.intermediate(f"CA {number}", now=NOW - DAY)
        sent.insert(0, above)
    assert words((a_leaf(above), *sent))[0] == "MaximumPathDepthExceeded"
    assert answer((a_leaf(sent[1]), *sent[1:])).trusted


def test_addresses():
    leaf = a_leaf(ISSUING, "192.0.2.7", "2001:db8::7")
    assert answer((leaf, ISSUING), host="192.0.2.7").trusted
    assert answer((leaf, ISSUING), host="2001:db8::7").trusted
    assert words((leaf, ISSUING), host="192.0.2.8") == ["NotValidForName"]
    as_name = a_leaf(ISSUING, "192.0.2.7", addresses_as_dns=True)
    assert words((as_name, ISSUING), host="192.0.2.7") == ["NotValidForName"]


def test_a_name_in_other_letters_is_one_of_uts_46():
    leaf = a_leaf(ISSUING, "xn--knigsgchen-b4a3dun.example")
    assert answer((leaf, ISSUING), host="königsgäßchen.example").trusted


def test_dates_count_whole_seconds():
    leaf = a_leaf(not_after=NOW)
    assert answer((leaf, ISSUING)).trusted
    assert words((leaf, ISSUING), at=NOW + dt.timedelta(seconds=1)) == ["Expired"]


def test_every_fault_is_listed_behind_the_first():
    issuer = an_issuer(not_after=NOW - DAY, permitted=("other.example",))
    leaf = a_leaf(issuer, not_after=NOW - DAY, extended_key_usage=("client_auth",))
    other = Authority.root("Other Root CA", now=NOW - DAY)
    found = words((leaf, issuer), other, host="x.example")
    assert found[0] == "Expired"
    assert set(found) == {
        "Expired",
        "InvalidPurpose",
        "NotValidForName",
        "NameConstraintViolation",
        "UnknownIssuer",
    }
