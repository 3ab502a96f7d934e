"""What tells no failure: sentences about one, and names that hold its words."""

import io
import time

import pytest

from certmend.observe.logs import reading, talk


def sightings(text):
    return reading.read([("x.log", io.BytesIO(text.encode()))]).sightings


@pytest.mark.parametrize(
    "words",
    [
        "If you see `certificate verify failed: certificate has expired`, ask the registry.",
        "You will then get curl: (60) SSL certificate problem: certificate has expired",
        "- Fix a crash on curl: (60) SSL certificate problem: certificate has expired",
        "- Raise a helpful error for `CERTIFICATE_VERIFY_FAILED`",
        "- No longer fails with 'certificate has expired' on old roots",
        "fix(net): retry when Connection reset by peer",
        "a message telling you it could not find a suitable TLS CA certificate bundle",
        "Assertion failed on line 45: status == UV_ECANCELED || status == UV_ENETUNREACH",
        "Mill 2.1 brings a way around the 'certificate verify failed' error of older roots.",
        'Resolve "certificate verify failed: Missing Authority Key Identifier" errors.',
        "A workaround for the infamous CERTIFICATE_VERIFY_FAILED issue on macOS",
        "This flag is needed to avoid the SSL: CERTIFICATE_VERIFY_FAILED error behind a proxy.",
        "Since then the `Connection reset by peer` error is gone.",
        "The certificate has expired error was fixed by the mirror.",
        "The mirror works without the \u201cself-signed certificate\u201d warning",
    ],
)
def test_talk_of_a_failure_is_none(words):
    assert sightings(f"{words}\n") == ()


@pytest.mark.parametrize(
    "told",
    [
        "When I run it I get curl: (60) SSL certificate problem: certificate has expired",
        "fixed nothing: curl: (60) SSL certificate problem: certificate has expired",
        "- curl: (60) SSL certificate problem: certificate has expired",
        "How can I fix the 'certificate has expired' error?",
        "we tried to get around the `certificate has expired` error, and it stays",
        "Cannot avoid the certificate has expired error with pip",
        "to fix: curl: (60) SSL certificate problem: certificate has expired",
    ],
)
def test_what_a_person_met_is_a_failure(told):
    assert len(sightings(f"{told}\n")) == 1


@pytest.mark.parametrize(
    "name",
    [
        "test_hostname_mismatch passed 1 out of the required 1 times. Success!",
        "PASSED tests/test_tls.py::test_certificate_has_expired",
        "tests/test_net.py::test_the_connection_was_reset PASSED [ 50%]",
    ],
)
def test_a_name_tells_nothing(name):
    assert sightings(f"{name}\n") == ()


def test_a_librarys_own_name_of_a_failure_does():
    assert len(sightings("x509_check: X509_V_ERR_CERT_HAS_EXPIRED\n")) == 1


@pytest.mark.parametrize(
    "hostile", ["you can ", "fix the ", "without the 'a ", "to avoid an error ", "[\"'`", "== "]
)
def test_no_line_takes_long(hostile):
    line = hostile * (16_000 // len(hostile))
    begun = time.process_time()
    for at in range(0, len(line), 1_600):
        talk.supposed(line[:at], line[at:])
    assert time.process_time() - begun < 10


def test_a_name_cut_by_a_terminal_is_no_entry_of_a_list():
    cut = "  ╰─▶ Because billing\n-reports was not found in the package registry and you\n"
    assert len(sightings(cut)) == 1
