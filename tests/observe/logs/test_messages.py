"""Which words of a log are one message, and which place and client belong to it."""

import io

import pytest

from certmend.model import failure
from certmend.observe.logs import reading

RETRY = "WARNING: Retrying (Retry(total={}, connect=None)) after connection broken by '{}': /simple/ink/\n"
UNKNOWN_ISSUER = "certificate verify failed: unable to get local issuer certificate (_ssl.c:1000)"


def sightings(text):
    return reading.read([("x.log", io.BytesIO(text.encode()))]).sightings


def only(text):
    found = sightings(text)
    assert len(found) == 1, found
    return found[0]


def test_a_place_ends_with_its_line():
    text = "curl: (6) Could not resolve host: mill.example\nmake: *** [deps] Error 6\n"
    assert only(text).host == "mill.example"


@pytest.mark.parametrize("after", ["\nplease help\n", "Please help\n"])
def test_a_long_sentence_is_no_full_line(after):
    text = f"and after an hour of waiting on this machine: curl: (6) Could not resolve host: mill.example\n{after}"
    assert only(text).host == "mill.example"


def test_a_host_cut_by_a_terminal_is_one_host():
    text = (
        "  Retrying (Retry(total=4, connect=None, read=None, redirect=None)) after connec\n"
        "tion broken by 'ConnectTimeoutError(<pip._vendor.requests.packages.urllib3.conne\n"
        "ction.VerifiedHTTPSConnection object at 0x0000000003>, 'Connection to wheels.mil\n"
        "l.example timed out. (connect timeout=15)')': /simple/ink/\n"
    )
    assert only(text).host == "wheels.mill.example"


@pytest.mark.parametrize(
    "url",
    [
        "https://curl.se/docs/sslcerts.html",
        "https://pip.pypa.io/warnings/venv",
        "https://github.com/mill/ink/issues/4",
        "https://urllib3.readthedocs.io/en/latest/advanced.html",
    ],
)
def test_a_page_to_read_on_at_is_no_place(url):
    text = (
        f"curl: (60) SSL certificate problem: certificate has expired\nMore details here: {url}\n"
    )
    assert only(text).url is None


def test_a_url_close_below_is_the_place():
    text = (
        "SSL certificate problem: certificate has expired\nwhile loading https://mill.example/ink\n"
    )
    assert only(text).host == "mill.example"


def test_several_indexes_tell_no_place():
    listed = "Looking in indexes: https://a.example/simple, https://b.example/simple\n"
    seen = only(listed + RETRY.format(0, f"SSLError(1, '{UNKNOWN_ISSUER}')"))
    assert seen.url is None
    assert seen.several_indexes


def test_several_indexes_of_one_host_tell_the_host():
    listed = "Looking in indexes: https://a.example/one/simple, https://a.example/two/simple\n"
    assert only(listed + RETRY.format(0, f"SSLError(1, '{UNKNOWN_ISSUER}')")).host == "a.example"


@pytest.mark.parametrize(
    ("above", "endpoint"),
    [
        ("Starting new HTTPS connection (2): mill.example:8443", "mill.example:8443"),
        ("* Connected to mill.example (10.7.7.7) port 443 (#0)", "mill.example:443"),
        (
            "* Connected to 127.0.0.1 (127.0.0.1) port 3128 (#0)\n* Establish HTTP proxy tunnel to mill.example:443",
            "mill.example:443",
        ),
        (
            "WARNING: Certificate did not match expected hostname: mill.example. Certificate: {'notAfter': 1}",
            "mill.example:443",
        ),
    ],
)
def test_a_verbose_log_names_the_host_of_the_connection(above, endpoint):
    text = f"{above}\n* TLS handshake\ncurl: (60) SSL: no alternative certificate subject name matches target host name\n"
    assert only(text).endpoint == endpoint


def test_after_a_redirect_the_host_of_the_connection_counts():
    text = "Could not fetch URL https://index.example/simple/ink/: connection error: HTTPSConnectionPool(host='files.example', port=8443): Read timed out.\n"
    assert only(text).endpoint == "files.example:8443"


def test_a_reason_without_host_is_that_of_the_sum_without_reason():
    text = (
        RETRY.format(1, f"SSLError(1, '{UNKNOWN_ISSUER}')")
        + "Could not fetch URL https://index.example/simple/ink/: There was a problem confirming the ssl certificate: - skipping\n"
    )
    seen = only(text)
    assert (seen.host, seen.failure.verify_code) == ("index.example", 20)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1)", "WRONG_VERSION_NUMBER"),
        ("[SSL: UNEXPECTED_MESSAGE] unexpected message (_ssl.c:1)", "UNEXPECTED_MESSAGE"),
        ("[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC] decryption failed", failure.CLOSED),
    ],
)
@pytest.mark.parametrize(
    "headline",
    [
        "CondaSSLError: Encountered an SSL error. Most likely a certificate verification issue.\n\nException: ",
        "Could not fetch URL https://index.example/simple/ink/: There was a problem confirming the ssl certificate: ",
    ],
    ids=["conda", "pip"],
)
def test_a_headline_counts_for_less_than_the_reason(headline, reason, told):
    text = f"{headline}HTTPSConnectionPool(host='index.example', port=443): Max retries exceeded (Caused by SSLError(SSLError(1, '{reason}')))\n"
    assert only(text).failure.reason == told
    assert only(headline + "unsaid\n").failure.reason == failure.VERIFY


def test_a_port_that_is_none_does_no_harm():
    text = "HTTPSConnectionPool(host='mill.example', port=99999): Read timed out.\n"
    assert only(text).host == "mill.example"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        (
            "Hostname/IP doesn't match certificate's altnames: \"Host: mill.example. is not in the cert's altnames: DNS:b\"",
            "mill.example",
        ),
        (
            "Hostname/IP does not match certificate's altnames: IP: 10.7.7.7 is not in the cert's list: ",
            "10.7.7.7",
        ),
        ("Failed to connect to mill.example port 8443: Connection refused", "mill.example"),
        ("certificate is not valid for 'mill.example'.", "mill.example"),
        (
            "WARNING: 401 Error, Credentials not correct for https://mill.example/simple/ink/",
            "mill.example",
        ),
        ("Failed to validate the SSL certificate for mill.example:443. Make sure", "mill.example"),
        ("SSL Certificate does not belong to mill.example.  Make sure", "mill.example"),
        (
            "  - Curl error (60): Peer certificate cannot be authenticated with given CA certificates for https://mill.example/repo/repomd.xml [SSL certificate problem: certificate has expired]",
            "mill.example",
        ),
        ("User for mill.example: \nERROR: 401 error, credentials not correct", "mill.example"),
    ],
)
def test_what_libraries_print_names_the_host(text, host):
    assert only(text + "\n").host == host


@pytest.mark.parametrize(
    ("text", "client"),
    [
        (f"httpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] {UNKNOWN_ISSUER}", "httpx"),
        (
            f'  File "/x/requests/adapters.py", line 1, in send\n    raise SSLError\n{UNKNOWN_ISSUER}',
            "requests",
        ),
        (
            f'  File "/x/pip/_vendor/requests/adapters.py", line 1, in send\n    raise SSLError\n{UNKNOWN_ISSUER}',
            "pip",
        ),
        (f"urllib.error.URLError: <urlopen error {UNKNOWN_ISSUER}>", "urllib"),
        (
            f"pip install ink\n      urllib.error.URLError: <urlopen error {UNKNOWN_ISSUER}>\nerror: metadata-generation-failed",
            "urllib",
        ),
        (f"behind the proxy poetry stops: {UNKNOWN_ISSUER}", "poetry"),
        (f"neither poetry nor conda work: {UNKNOWN_ISSUER}", ""),
        (
            "failed to solve: mill/ink: failed to do request: tls: failed to verify certificate: x509: certificate signed by unknown authority",
            "docker",
        ),
    ],
)
def test_a_library_or_a_lone_name_tells_the_client_where_nothing_else_does(text, client):
    found = [one.client for one in sightings(text + "\n") if one.failure.reason == failure.VERIFY]
    assert found == [client]
