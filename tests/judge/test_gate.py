"""What keeps the gate shut, and what does not."""

import msgspec
import pytest
from builders import DAY, ISSUING, LEAF, NOW, ROOT, a_client, a_leaf, an_attempt, facts, refused

from certmend.judge import engine
from certmend.judge.gate import gate
from certmend.lab.pki import Authority
from certmend.model.gate import Bundle, Kind, Proof


def judged(observed, **options):
    return gate(observed, engine.judge(observed), **{"min_days": 14, **options})


def a_bundle(*authorities):
    own = tuple(one.der for one in authorities)
    return Bundle(path="/etc/ca.pem", origin="PIP_CERT", client="pip", own=own, public=3)


def a_root(days, name="Corp Root CA"):
    return Authority.root(name, now=NOW - 400 * DAY, not_after=NOW + days * DAY)


def test_a_healthy_index_is_one_line_that_says_for_how_long():
    found = judged(facts())
    (line,) = found.lines
    assert found.ok
    assert (line.kind, line.subject) == (Kind.INDEX, "https://pypi.corp.example/simple/")
    assert line.days == (LEAF.certificate.not_valid_after_utc - NOW).days


def test_a_refused_index_fails_with_its_cause():
    (line,) = judged(facts(an_attempt(failure=refused(20)), trusts=())).lines
    assert [one.code for one in line.troubles] == ["untrusted-root"]
    assert not line.ok


@pytest.mark.parametrize(("days", "ok"), [(9, True), (10, True), (11, False)])
def test_the_leaf_counts_by_the_days_asked_for(days, ok):
    attempt = an_attempt(a_leaf(not_after=NOW + 10 * DAY), ISSUING)
    (line,) = judged(facts(attempt), min_days=days).lines
    assert line.ok is ok
    assert line.days == 10


def test_an_intermediate_and_the_root_in_the_store_count_too():
    issuing = ROOT.intermediate("Short CA", now=NOW - 20 * DAY, not_after=NOW + 5 * DAY)
    assert not judged(facts(an_attempt(a_leaf(issuing), issuing))).ok
    root = a_root(5)
    assert not judged(facts(an_attempt(a_leaf(root)), trusts=(root,))).ok


def test_a_stranger_that_is_sent_too_does_not_count():
    attempt = an_attempt(LEAF, a_root(2, "Somebody Else"), ISSUING)
    assert judged(facts(attempt)).ok


def test_a_bundles_own_ca_counts_unless_it_has_a_successor_or_is_dead_already():
    soon, new, dead = a_root(5), a_root(3000), a_root(-5, "Old CA")
    assert not judged(facts(), bundles=[a_bundle(ROOT, a_root(5, "Other CA"))]).ok
    assert judged(facts(), bundles=[a_bundle(soon, new)]).ok
    found = judged(facts(), bundles=[a_bundle(ROOT, dead)])
    assert found.ok
    assert [one.code for line in found.lines for one in line.troubles] == ["bundle-stale"]


@pytest.mark.parametrize(("host", "ok"), [("files.corp.example", False), ("localhost:8080", True)])
def test_a_trusted_host_fails_even_where_no_index_is_there(host, ok):
    client = msgspec.structs.replace(a_client(), trusted_hosts=(host,))
    assert judged(facts(client=client)).ok is ok


def test_switched_off_verification_is_one_failure_of_its_index():
    client = msgspec.structs.replace(a_client(), trusted_hosts=("pypi.corp.example",))
    found = judged(facts(an_attempt(verifies=False), client=client))
    codes = [one.code for line in found.lines for one in line.troubles]
    assert codes == ["verification-disabled"]
    assert not found.ok


def test_a_package_that_the_client_does_not_get_fails_in_its_own_words():
    proofs = [
        Proof(package="billing", client="pip", ok=True),
        Proof(package="nothere", client="pip", ok=False, reason="No matching distribution"),
    ]
    found = judged(facts(), proofs=proofs)
    assert [line.ok for line in found.lines] == [True, True, False]
    assert found.lines[2].troubles[0].text == "No matching distribution"
