"""What is answered to a log: one code, what else it could be, what to run."""

import importlib
import io
import re
import shlex

import pytest

from certmend import explanations
from certmend.judge import engine
from certmend.judge.hearsay.words import WORDS
from certmend.model.page import Page

answers = importlib.import_module("certmend.judge.hearsay.answer")
PAGES = tuple(Page(code=one.code, family=one.family, text=one.page) for one in engine.causes())


def explain(text):
    return explanations.explain([("x.log", io.BytesIO(text.encode()))])


def codes(text):
    return [one.finding.code for one in explain(text).findings]


@pytest.mark.parametrize(
    ("code", "symptom"), [(page.code, line) for page in PAGES for line in page.symptoms]
)
def test_every_line_of_what_you_see_is_recognised(code, symptom):
    found = explain(symptom).findings
    assert code in {c for one in found for c in (one.finding.code, *one.possible)}


def test_every_answer_is_a_known_code_with_words():
    known = {page.code for page in PAGES}
    for table in (answers._BY_VERIFY_CODE, answers._BY_WORD, answers._BY_REASON):
        for one in table.values():
            assert one.code in WORDS
            assert {one.code, *one.possible} <= known
    assert set(WORDS) <= known


def _pip(host, words):
    return f"Could not fetch URL https://{host}/simple/x/: There was a problem confirming the ssl certificate: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {words} (_ssl.c:1007) - skipping\n"


@pytest.mark.parametrize(
    ("host", "words", "code", "certainty"),
    [
        ("pypi.corp.example", "unable to get local issuer certificate", "untrusted-root", "likely"),
        ("pypi.org", "unable to get local issuer certificate", "intercepting-proxy", "likely"),
        (
            "files.pythonhosted.org",
            "self signed certificate in certificate chain",
            "intercepting-proxy",
            "likely",
        ),
        (
            "pypi.corp.example",
            "self signed certificate in certificate chain",
            "untrusted-root",
            "likely",
        ),
        ("pypi.corp.example", "self-signed certificate", "self-signed-leaf", "proven"),
        (
            "pypi.corp.example",
            "unable to verify the first certificate",
            "missing-intermediate",
            "likely",
        ),
        ("pypi.corp.example", "certificate has expired", "expired", "likely"),
        ("pypi.corp.example", "certificate is not yet valid", "not-yet-valid", "likely"),
        ("pypi.org", "certificate is not yet valid", "clock-skew", "likely"),
        (
            "pypi.corp.example",
            "Hostname mismatch, certificate is not valid for 'pypi.corp.example'.",
            "hostname-mismatch",
            "proven",
        ),
        (
            "pypi.corp.example",
            "CA cert does not include key usage extension",
            "strict-profile",
            "proven",
        ),
        ("pypi.corp.example", "certificate revoked", "revoked", "proven"),
    ],
)
def test_the_answer_and_how_sure_it_is(host, words, code, certainty):
    (one,) = explain(_pip(host, words)).findings
    assert (one.finding.code, one.finding.certainty) == (code, certainty)
    assert one.command == f"certmend diagnose https://{host}/simple/"
    assert one.finding.client == "pip"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "ValueError: check_hostname requires server_hostname\nYou are using pip version 21.1.1, however",
            "proxy",
        ),
        (
            "ValueError: check_hostname requires server_hostname\npip 24.2 from /x",
            "outdated-client",
        ),
        (
            "404 Client Error: Not Found for url: https://pypi.corp.example/simple/billing/",
            "package-not-found",
        ),
        (
            "404 Client Error: Not Found for url: https://pypi.corp.example/repository/pypi/",
            "not-an-index",
        ),
        (
            "401 Client Error: Unauthorized for url: https://pypi.corp.example/simple/",
            "auth-required",
        ),
        ("ERROR: No matching distribution found for billing", "package-not-found"),
        (
            "407 Client Error: Proxy Authentication Required for url: https://pypi.org/simple/",
            "proxy",
        ),
        (
            "ConnectTimeoutError(<c>, 'Connection to pypi.org timed out. (connect timeout=15)')",
            "unreachable",
        ),
        (
            "InsecureRequestWarning: Unverified HTTPS request is being made to host 'h'.",
            "verification-disabled",
        ),
        (
            "curl: (35) error:0A000152:SSL routines::unsafe legacy renegotiation disabled",
            "legacy-renegotiation",
        ),
        (
            "The repository located at pypi.corp.example is not a trusted or secure host and is being ignored.",
            "insecure-http",
        ),
    ],
)
def test_other_answers(text, code):
    assert codes(text + "\n") == [code]


@pytest.mark.parametrize(
    "text",
    [
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        "OSError: [Errno 28] No space left on device",
        "OSError: [Errno 30] Read-only file system: '/usr/lib'",
        "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: '/usr/lib/x'",
        "ERROR: ResolutionImpossible: for help visit",
        "error: externally-managed-environment",
        "  ERROR: Failed building wheel for ink\n#include <openssl/ssl.h>\n",
        "UnsatisfiableError: The following specifications were found to be in conflict:",
        "LibMambaUnsatisfiableError: Encountered problems while solving:",
        "Unable to find a resolution that satisfies the following requirements:",
        "Hash for ink (1.0) from archive ink-1.0.tar.gz not found in known hashes (was: sha256:0)",
        "Downloaded distributions for ink (1.0) did not match any known checksums in your lock file.",
    ],
)
def test_what_is_no_cause_is_a_remark(text):
    found = explain(text + "\n")
    assert found.findings == ()
    assert len(found.remarks) == 1


def certainty(text):
    (one,) = explain(text + "\n").findings
    return one.finding.code, one.finding.certainty


_REFUSED = "HTTPSConnectionPool(host='{}', port=443): (Caused by SSLError(1, '[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] sslv3 alert handshake failure'))"


def test_a_refusal_at_an_address_is_one_without_a_server_name():
    assert certainty(_REFUSED.format("192.0.2.7")) == ("sni-missing", "likely")
    assert certainty(_REFUSED.format("mill.example"))[0] == "handshake-failure"


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (
            "fatal: unable to access 'https://git.mill.example/': schannel: next InitializeSecurityContext failed: CRYPT_E_REVOCATION_OFFLINE (0x80092013)",
            "re-signs",
            "revoked",
        ),
        ("All attempts to connect to mill.example failed.", "No certificate is at fault", "hides"),
        (
            "503 Server Error: Service Unavailable for url: https://mill.example/simple/ink/",
            "No certificate is at fault",
            "The connection is fine",
        ),
        (
            "SSLCertVerificationError('“mill” certificate is not standards compliant')",
            "VERIFY_X509_STRICT",
            "macOS",
        ),
        (
            "curl: (58) could not load PEM client certificate, OpenSSL error error:80000002",
            "gave none",
            "cannot be used",
        ),
    ],
    ids=["revocation", "hidden", "busy", "macos", "client-cert"],
)
def test_what_is_said_fits_the_failure(text, wrong, right):
    (one,) = explain(text + "\n").findings
    said = f"{one.finding.summary} {one.finding.why}"
    assert right in said
    assert wrong not in said
    assert one.unknown


def test_curl_does_not_tell_a_missing_bundle_from_an_unreadable_one():
    text = "curl: (77) error setting certificate file: /etc/none.pem"
    assert certainty(text) == ("bundle-not-found", "likely")
    text = "Could not find a suitable TLS CA certificate bundle, invalid path: /etc/none.pem"
    assert certainty(text) == ("bundle-not-found", "proven")


def test_another_kind_of_page_is_no_index():
    text = "Skipping page https://mill.example/simple/ink/ because the GET request got Content-Type: text/plain"
    assert certainty(text) == ("not-an-index", "proven")


def test_a_failed_connection_hides_what_follows_from_it():
    text = (
        _pip("pypi.corp.example", "certificate has expired")
        + "ERROR: No matching distribution found for x\n"
    )
    assert codes(text) == ["expired"]


@pytest.mark.parametrize(
    "client",
    [
        "uv pip install",
        "poetry install",
        "npm ci",
        "twine upload",
        "conda install",
        "docker: failed to solve:",
        "kaniko/executor",
    ],
)
def test_the_cure_is_that_of_the_client(client):
    text = f"$ {client} x\nhttps://pypi.corp.example/simple/ certificate verify failed: unable to get local issuer certificate\n"
    (one,) = explain(text).findings
    assert client.startswith(one.finding.client.split()[0])
    assert "PIP_CERT" not in " ".join(one.finding.cure)


def test_a_pip_that_reads_the_systems_store_is_told_so():
    text = _pip("pypi.corp.example", "unable to get local issuer certificate")
    (new,) = explain(text + "pip 25.1 from /x (python 3.12)\n").findings
    (old,) = explain(text + "pip 23.1 from /x (python 3.12)\n").findings
    assert "system's trust store" in new.finding.cure[0]
    assert "takes the place" in old.finding.cure[0]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (
            "ERROR: Could not find a version that satisfies the requirement Billing.Core>=2 (from versions: none)",
            "certmend diagnose --package Billing.Core",
        ),
        (
            "Looking in indexes: https://a.example/simple, https://b.example/simple\n"
            "ERROR: No matching distribution found for billing[extra]==1.0",
            "certmend diagnose --package billing",
        ),
        (
            "  x No solution found when resolving dependencies:\n"
            "  `-> Because billing was not found in the package registry and you require billing, we can\n"
            "      conclude that your requirements are unsatisfiable.",
            "certmend diagnose --client uv --package billing",
        ),
        (
            "curl: (60) SSL certificate problem: certificate has expired\n"
            "$ curl https://h.example/artifactory/api/pypi/x/simple/billing/",
            "certmend diagnose --client curl https://h.example/artifactory/api/pypi/x/simple/",
        ),
        (
            _pip("h.example", "certificate has expired").replace("/simple/", "/root/dev/+simple/"),
            "certmend diagnose https://h.example/root/dev/+simple/",
        ),
        (
            _pip("h.example", "certificate has expired").replace("/simple/x/", "/simple"),
            "certmend diagnose https://h.example/simple/",
        ),
        (
            "ERROR: Could not install packages due to an OSError: Could not find a suitable TLS CA "
            "certificate bundle, invalid path: /x.pem",
            "certmend diagnose",
        ),
    ],
)
def test_the_next_command_asks_that_client_about_that_index_or_package(text, command):
    assert [one.command for one in explain(text).findings] == [command]


@pytest.mark.parametrize("path", ["a;touch x", "a&b", "`id`", "a'b", "$(id)", "~root"])
def test_the_next_command_can_be_pasted_whatever_a_log_holds(path):
    said = _pip("h.example", "certificate has expired").replace("/simple/", f"/{path}/simple/")
    for one in explain(said).findings:
        assert len(shlex.split(one.command, comments=True)) == len(one.command.split())
        assert not set(";&`$") & set("".join(re.findall(r"'[^']*'|(\S)", one.command)))
