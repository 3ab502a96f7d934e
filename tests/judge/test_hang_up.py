"""A server that hangs up: before TLS is agreed, or instead of an answer."""

from builders import HOST, an_attempt, facts, shown, the

from certmend.model import failure
from certmend.model.attempt import Probe, Sight
from certmend.model.failure import Failure, Stage
from certmend.model.index import Reply

RESET = Failure(stage=Stage.TLS, reason=failure.RESET, text="Connection reset by peer")
SLOW = Failure(stage=Stage.HTTP, reason=failure.TIMEOUT, text="Read timed out.")
NO_TLS = Probe(host=HOST, port=443, addresses=("192.0.2.1",), sight=Sight(server_name=HOST))


def test_a_handshake_that_is_cut_short():
    found = the("connection-closed", facts(an_attempt(failure=RESET, probe=NO_TLS)))
    assert "in the middle of the handshake" in found.summary


def test_an_answer_that_is_cut_short_is_no_matter_of_tls():
    found = the("connection-closed", facts(an_attempt(failure=RESET)))
    assert "instead of an answer" in found.summary
    assert "no certificate is at fault" in shown(found)


def test_an_answer_that_does_not_come():
    found = the("connection-closed", facts(an_attempt(failure=SLOW)))
    assert "in time" in found.summary
    assert "no certificate is at fault" in shown(found)


def test_a_proxy_that_answers_for_the_index():
    reply = Reply(status=407, content_type="text/html")
    found = the("proxy", facts(an_attempt(reply=reply)))
    assert "asks for a proxy's password (407)" in found.summary
    assert found.owner == "your network team"


def test_a_handshake_that_fails_for_a_reason_of_its_own_is_not_laid_to_ciphers():
    odd = Failure(stage=Stage.TLS, reason="LENGTH_MISMATCH", text="length mismatch")
    found = the("handshake-failure", facts(an_attempt(failure=odd, probe=NO_TLS)))
    assert "fails: length mismatch" in found.summary
    assert (found.certainty, "cipher" in shown(found)) == ("likely", False)
    none = Failure(stage=Stage.TLS, reason="NO_SHARED_CIPHER", text="no shared cipher")
    found = the("handshake-failure", facts(an_attempt(failure=none, probe=NO_TLS)))
    assert (found.certainty, "no cipher" in found.summary) == ("proven", True)
