"""What tells no failure: statements of programs that have not happened."""

import io
import time

import pytest

from certmend.observe.logs import code, reading


def sightings(text):
    return reading.read([("x.log", io.BytesIO(text.encode()))]).sightings


@pytest.mark.parametrize(
    "statement",
    [
        'raise SSLError("certificate verify failed: certificate has expired")',
        'raise OSError(f"Tunnel connection failed: {code} {message}")',
        "except socket.gaierror: return None",
        'if "certificate verify failed" in str(error):',
        "def http_error_401(self, request):",
        'logger.warning("SSL certificate problem: %s", reason)',
        'print("curl: (60) SSL certificate problem")',
        'names[10049] = "Cannot assign requested address."',
        'HINT = "Could not find a suitable TLS CA certificate bundle"',
        "- raise ConnectionResetError(104)",
        "throw new Error('unable to get local issuer certificate');",
        'case X509_V_ERR_CERT_HAS_EXPIRED: return "certificate has expired";',
        '"An index ({}) could not be queried due to a lack of valid authentication credentials",',
        'echo "curl: (60) SSL certificate problem: certificate has expired"',
        "FAILED tests/x.py::test_old - AssertionError: assert 'certificate has expired' in 'boom'",
    ],
)
def test_a_statement_has_not_happened(statement):
    assert sightings(f"{statement}\n") == ()


@pytest.mark.parametrize(
    "line",
    [
        "requests.exceptions.SSLError: certificate verify failed: certificate has expired",
        'raise SSLError(e)requests.exceptions.SSLError: ("certificate has expired",)',
        "SSLError(MaxRetryError('certificate verify failed: certificate has expired'))",
        "reason = certificate has expired",
        "FAILED tests/x.py::test_old - ssl.SSLError: certificate has expired",
        'level=error msg="x509: certificate has expired or is not yet valid"',
        "  return code 60: SSL certificate problem: certificate has expired",
        "With curl: (60) SSL certificate problem: certificate has expired",
        '{"error": "certificate has expired"}',
    ],
)
def test_what_was_printed_is_no_statement(line):
    assert [one.failure.verify_code for one in sightings(f"{line}\n")] == [10]


def test_what_stands_between_statements_is_code_too():
    text = (
        "def send(self):\n"
        "    # a certificate that has expired: certificate has expired\n"
        "    words = [\n"
        '        "certificate has expired",\n'
        "    ]\n"
        "    return words\n"
    )
    assert sightings(text) == ()


def test_what_a_program_printed_between_statements_is_none():
    text = ">>> import requests\nSSLError: certificate has expired\n>>> import ssl\n"
    assert len(sightings(text)) == 1


@pytest.mark.parametrize("quotes", ['"""', "'''", 'r"""'])
def test_what_stands_in_a_docstring_is_code_too(quotes):
    end = quotes[-3:]
    text = (
        "class Expired(Failure):\n"
        f"    {quotes}Tells that the certificate has expired.\n\n"
        f"    curl: (60) SSL certificate problem: certificate has expired\n    {end}\n"
    )
    assert sightings(text) == ()
    assert (
        len(sightings(f"{text}curl: (60) SSL certificate problem: certificate has expired\n")) == 1
    )


def test_a_docstring_without_its_end_hides_nothing():
    text = (
        'def run():\n    """Run it.\ncurl: (60) SSL certificate problem: certificate has expired\n'
    )
    assert len(sightings(text)) == 1


@pytest.mark.parametrize("hostile", ["x = [", "a.", "raise x(", "{}", "you can ", '"%s', "=> {"])
def test_no_line_takes_long(hostile):
    line = hostile * (16_000 // len(hostile))
    begun = time.process_time()
    code.is_statement(line)
    code.between([line] * 20, [True, *[False] * 18, True])
    assert time.process_time() - begun < 10
