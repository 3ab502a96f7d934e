"""No failure is silent: whatever the client said, and whatever certmend met, there is an error."""

import pytest
from builders import HOST, a_leaf, an_attempt, facts, refused

from certmend.judge import engine
from certmend.model import failure
from certmend.model.attempt import Probe
from certmend.model.failure import Failure, Stage
from certmend.model.finding import Severity

_WORDS = (failure.BUNDLE_UNUSABLE, failure.TIMEOUT, failure.UNKNOWN, failure.VERIFY, "A_NEW_REASON")
_BROKEN = Failure(stage=Stage.DNS, reason=failure.TIMEOUT)
_SEEN = {
    "seen": {},
    "none": {"probe": None},
    "broken": {"probe": Probe(host=HOST, port=443, failure=_BROKEN)},
}


def errors(observed):
    return [one for one in engine.judge(observed) if one.severity is Severity.ERROR]


@pytest.mark.parametrize("seen", _SEEN)
@pytest.mark.parametrize("reason", _WORDS)
@pytest.mark.parametrize("stage", Stage)
def test_every_failure_is_an_error(stage, reason, seen):
    what = Failure(stage=stage, reason=reason, text="the client's words")
    assert errors(facts(an_attempt(failure=what, **_SEEN[seen])))


@pytest.mark.parametrize(("code", "cause"), [(10, "expired"), (9, "not-yet-valid")])
def test_one_of_several_servers_shows_an_old_certificate(code, cause):
    """The client met it, certmend met its healthy neighbour."""
    (found,) = errors(facts(an_attempt(failure=refused(code))))
    assert (found.code, found.certainty) == (cause, "likely")
    assert "every server behind this name" in found.cure[0]


def test_what_stopped_a_client_before_any_host_is_told_once():
    what = Failure(stage=Stage.LOCAL, reason=failure.TOO_SLOW, text="words")
    tried = [an_attempt(a_leaf(), host=name, failure=what) for name in ("a.example", "b.example")]
    assert len(errors(facts(*tried))) == 1
