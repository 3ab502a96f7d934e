"""A server that asks for a client certificate, and one that only seems to: its alerts tell."""

import msgspec
import pytest
from builders import ISSUING, LEAF, a_sight, an_attempt, codes, facts

from certmend.model.attempt import Probe
from certmend.model.failure import Failure, Stage

REFUSED = Failure(stage=Stage.TLS, reason="SSLV3_ALERT_HANDSHAKE_FAILURE", text="handshake failure")
DECODE = Failure(stage=Stage.TLS, reason="TLSV1_ALERT_DECODE_ERROR", text="decode error")
X25519, P521 = 29, 25
ECDSA_SHA256, RSA_SHA1 = 0x0403, 0x0201


def told(stop: Failure, **sight) -> list[str]:
    seen = msgspec.structs.replace(
        a_sight(LEAF, ISSUING),
        protocol="TLSv1.2",
        cipher="ECDHE-RSA-AES256-GCM-SHA384",
        **sight,
    )
    probe = Probe(host="pypi.corp.example", port=443, sight=seen)
    return codes(facts(an_attempt(failure=stop, probe=probe)))


@pytest.mark.parametrize("failure", [REFUSED, DECODE], ids=["refused", "decode error"])
def test_an_alert_after_a_request_is_about_it_where_certmend_is_stopped_too(failure):
    stopped = told(failure, wants_client_certificate=True, failure=failure)
    assert stopped == ["client-cert-required"]
    assert told(failure, wants_client_certificate=True) == ["handshake-failure"]


@pytest.mark.parametrize(
    ("group", "scheme", "code"),
    [
        (X25519, ECDSA_SHA256, "client-cert-required"),
        (P521, ECDSA_SHA256, "handshake-failure"),
        (X25519, RSA_SHA1, "handshake-failure"),
        (0, 0, "handshake-failure"),
    ],
)
def test_a_second_handshake_is_supposed_only_where_the_first_can_be_taken(group, scheme, code):
    assert told(REFUSED, group=group, scheme=scheme) == [code]
