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


@pytest.mark.parametrize("port", [":port", ":****", ":<PORT>"])
def test_a_port_that_was_written_over_leaves_the_host(port):
    text = f"error: Failed to fetch: `https://mill.example{port}/simple/ink/`\n  Caused by: tls handshake eof\n"
    assert only(text).host == "mill.example"


def test_credentials_that_were_written_over_leave_the_host():
    text = "uv pip install -i https://<FEED>:<TOKEN>@mill.example/simple/ ink\nerror: invalid peer certificate: UnknownIssuer\n"
    assert only(text).host == "mill.example"


def test_the_place_is_the_last_one_that_was_begun():
    begun = "--2024-05-05 10:00:00--  https://{}/x\n"
    text = begun.format("one.example") + begun.format("two.example")
    text += "ERROR: The certificate of 'two.example' hasn't got a known issuer.\n"
    assert only(text).host == "two.example"


def test_two_exceptions_in_adjacent_lines_are_two_failures():
    text = (
        "httpx.ConnectError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
        "certificate has expired (_ssl.c:1000)\n"
        "httpx.ConnectError: [Errno -2] Name or service not known\n"
    )
    reasons = [one.failure.reason for one in sightings(text)]
    assert reasons == [failure.VERIFY, failure.NOT_RESOLVED]


def test_a_common_word_without_a_place_follows_from_another_failure():
    text = (
        "npm ERR! network tunneling socket could not be established, statusCode=503\n"
        "npm ERR! node -v v0.10.30\nnpm ERR! code ECONNRESET\n"
    )
    assert only(text).failure.reason == failure.TUNNEL


def test_the_whole_message_is_shown():
    words = (
        "  Retrying (Retry(total=4)) after connection broken by 'SSLError(certificate verify "
        "failed: unable to get local issuer certificate (_ssl.c:992)': /simple/ink/"
    )
    cut = "\n".join(words[at : at + 80] for at in range(0, len(words), 80))
    assert only(f"Collecting ink\n{cut}\n").failure.text == words.strip()


def test_of_a_long_message_the_reason_is_shown():
    seen = only(f"ERROR: {'word ' * 100}certificate has expired (_ssl.c:992)\n")
    assert seen.failure.text.startswith("\u2026 word ")
    assert "certificate has expired" in seen.failure.text


@pytest.mark.parametrize("before", range(0, 200, 7))
def test_no_credentials_come_out_of_a_message_that_was_cut(before):
    words = f"ERROR: {'w ' * before}from https://bob:hunter2Sesame@mill.example/simple/ink/ came "
    words += "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired"
    for width in (79, 80, 90, len(words)):
        cut = "\n".join(words[at : at + width] for at in range(0, len(words), width))
        shown = " ".join(one.failure.text for one in sightings(f"{cut}\n"))
        assert "hunter" not in shown
        assert "Sesame" not in shown


PIP = (
    "error: {}\n\n\u00d7 {}\n\u2570\u2500> {}\n\nhint: You may need to check your proxy/firewall.\n"
)
INDEX = "https://mill.example/simple/ink/"


@pytest.mark.parametrize(
    ("reference", "message", "context", "reason"),
    [
        (
            "ssl-verification-failed",
            f"Failed to establish a secure connection to mill.example while fetching {INDEX}",
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired",
            failure.VERIFY,
        ),
        (
            "connection-failed",
            f"Failed to connect to mill.example while fetching {INDEX}",
            "Failed to resolve IP address for 'mill.example' ([Errno -2] Name or service not known)",
            failure.NOT_RESOLVED,
        ),
        (
            "connection-failed",
            f"Failed to connect to mill.example while fetching {INDEX}",
            "the connection was closed without a reply from the server.",
            failure.CLOSED,
        ),
        (
            "connection-timeout",
            f"Unable to fetch {INDEX}",
            "mill.example didn't respond within 15 seconds (while establishing a connection)",
            failure.TIMEOUT,
        ),
        (
            "connection-timeout",
            f"Unable to fetch {INDEX}",
            "mill.example didn't respond within 15 seconds",
            failure.TIMEOUT,
        ),
        (
            "ssl-missing",
            f"Failed to establish a secure connection for {INDEX}",
            "The 'ssl' module is unavailable but required for HTTPS URLs",
            failure.NO_SSL_MODULE,
        ),
        (
            "proxy-connection-failed",
            f"Failed to connect to proxy http://127.0.0.1:3128 while fetching {INDEX}",
            "('Unable to connect to proxy', OSError('Tunnel connection failed: 407 Denied'))",
            failure.TUNNEL,
        ),
        (
            "incomplete-download",
            "Download failed after 6 attempts because not enough bytes were received (1/3 MB)",
            f"URL: {INDEX}",
            failure.CLOSED,
        ),
    ],
)
def test_the_errors_of_pip_26_3(reference, message, context, reason):
    seen = only(PIP.format(reference, message, context))
    assert (seen.failure.reason, str(seen.url), seen.client) == (reason, INDEX, "pip")


@pytest.mark.parametrize(
    ("text", "reason", "host", "client"),
    [
        ("ERROR: curl failed with exit code 60", failure.VERIFY, "the index", "curl"),
        (
            "cURL error 6: Could not resolve host: mill.example",
            failure.NOT_RESOLVED,
            "mill.example",
            "curl",
        ),
        ("Curl exited with status 28.", failure.TIMEOUT, "the index", "curl"),
        (
            "ssh: Could not resolve hostname mill.example: No such host",
            failure.NOT_RESOLVED,
            "mill.example",
            "",
        ),
        (
            "Failed to collect links from https://mill.example/simple/ink/: Client Error(401): No",
            failure.AUTH,
            "mill.example",
            "pdm",
        ),
        (
            "RedirectDetected: https://mill.example/legacy attempted to redirect to https://mill.example/legacy/.",
            failure.NO_INDEX,
            "mill.example",
            "twine",
        ),
        (
            "error: Failed to publish `dist/ink-1.tar.gz` to https://mill.example/legacy/\n"
            "  Caused by: Upload failed with status code 403 Forbidden.",
            failure.AUTH,
            "mill.example",
            "uv",
        ),
        (
            "error: Received some unexpected HTML from https://mill.example/simple/ink/",
            failure.NO_INDEX,
            "mill.example",
            "uv",
        ),
        (
            "2192 http fetch 500 http://mill.example/ink.tgz\n2193 error fetch failed http://mill.example/ink.tgz\n"
            "2198 verbose stack Error: fetch failed with status code 500\n2199 verbose npm-cli.js",
            failure.SERVER_ERROR,
            "mill.example",
            "npm",
        ),
        (
            "  Caused by: HTTP status client error (404 Not Found) for url (mill.example/ink.whl)",
            failure.NO_INDEX,
            "mill.example",
            "uv",
        ),
        (
            "fatal: repository 'https://mill.example/ink.git/' not found",
            failure.NO_INDEX,
            "mill.example",
            "git",
        ),
    ],
)
def test_more_clients_say_what_and_where(text, reason, host, client):
    seen = only(f"{text}\n")
    assert (seen.failure.reason, seen.host, seen.client) == (reason, host, client)
