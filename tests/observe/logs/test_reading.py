"""From bytes to sightings: places, clients, versions, lines, counts; secrets and hostile input."""

import io
import time

import pytest

from certmend.model import failure
from certmend.observe.logs import reading

PIP = """\
Looking in indexes: https://pypi.corp.example/simple/
WARNING: Retrying (Retry(total=1, connect=None, read=None, redirect=None, status=None)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)'))': /simple/billing/
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)'))': /simple/billing/
Could not fetch URL https://pypi.corp.example/simple/billing/: There was a problem confirming the ssl certificate: HTTPSConnectionPool(host='pypi.corp.example', port=443): Max retries exceeded with url: /simple/billing/ (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)'))) - skipping
ERROR: Could not find a version that satisfies the requirement billing (from versions: none)
ERROR: No matching distribution found for billing
"""


def read(text, name="x.log"):
    content = text if isinstance(text, bytes) else text.encode()
    return reading.read([(name, io.BytesIO(content))])


def only(text):
    found = read(text).sightings
    assert len(found) == 1, found
    return found[0]


def test_retries_and_the_consequence_are_one_sighting():
    seen = only(PIP)
    assert (seen.failure.verify_code, seen.endpoint, seen.client) == (
        20,
        "pypi.corp.example:443",
        "pip",
    )
    assert seen.lines == (2, 3, 4)
    assert seen.count == 2
    assert str(seen.url) == "https://pypi.corp.example/simple/billing/"


def test_several_failures_are_told_apart():
    other = PIP.replace("pypi.corp.example", "other.example").replace(
        "unable to get local issuer certificate", "certificate has expired"
    )
    found = read(PIP + other).sightings
    assert {(one.host, one.failure.verify_code) for one in found} == {
        ("pypi.corp.example", 20),
        ("other.example", 10),
    }


@pytest.mark.parametrize(
    ("text", "url", "client"),
    [
        (
            "error: Failed to fetch: `https://h.example:8443/simple/x/`\n  Caused by: invalid peer certificate: UnknownIssuer",
            "https://h.example:8443/simple/x/",
            "uv",
        ),
        (
            "error: Failed to fetch: https://h.example/simple/x/\n  cause: client error (Connect)\n  cause: invalid peer certificate: UnknownIssuer",
            "https://h.example/simple/x/",
            "uv",
        ),
        (
            "  × Failed to fetch: `https://h.example/simple/x/`\n  ├─▶ error sending request for url\n  │   (https://h.example/simple/x/)\n  ╰─▶ invalid peer certificate: UnknownIssuer",
            "https://h.example/simple/x/",
            "uv",
        ),
        (
            "All attempts to connect to h.example failed.\n\nSSLError: certificate verify failed: certificate has expired",
            "https://h.example/",
            "poetry",
        ),
        (
            "CondaHTTPError: HTTP 000 CONNECTION FAILED for url <https://h.example/main/linux-64/repodata.json>\nElapsed: -\nSSLError(MaxRetryError('HTTPSConnectionPool(host=\\'h.example\\', port=443): (Caused by SSLError(SSLError(\"bad handshake: Error([(\\'SSL routines\\', \\'ssl3_get_server_certificate\\', \\'certificate verify failed\\')],)\",),))',),)",
            "https://h.example/main/linux-64/repodata.json",
            "conda",
        ),
        (
            "Download error on https://h.example/simple/x/: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:726) -- Some packages may not be found!",
            "https://h.example/simple/x/",
            "setuptools",
        ),
        (
            "Cannot connect to host h.example:8443 ssl:True [SSLCertVerificationError: (1, 'certificate verify failed: certificate has expired')]",
            "https://h.example:8443/",
            "aiohttp",
        ),
        (
            "fatal: unable to access 'https://h.example/r.git/': SSL certificate problem: self-signed certificate",
            "https://h.example/r.git/",
            "git",
        ),
        ("curl: (6) Could not resolve host: h.example", "https://h.example/", "curl"),
        (
            "npm ERR! code SELF_SIGNED_CERT_IN_CHAIN\nnpm ERR! request to https://h.example/x failed, reason: self signed certificate in certificate chain",
            "https://h.example/x",
            "npm",
        ),
        (
            "ERROR: HTTP error 404 while getting https://h.example/simple/x/x-1.whl",
            "https://h.example/simple/x/x-1.whl",
            "pip",
        ),
        (
            "--2024-01-01 10:00:00--  https://h.example/x\nERROR: cannot verify h.example's certificate, issued by ‘CN=Corp’:\n  Unable to locally verify the issuer's authority.",
            "https://h.example/x",
            "wget",
        ),
    ],
    ids=[
        "uv",
        "uv-new",
        "uv-tree",
        "poetry",
        "conda",
        "setuptools",
        "aiohttp",
        "git",
        "curl",
        "npm",
        "pip404",
        "wget",
    ],
)
def test_place_and_client_are_told(text, url, client):
    seen = only(text + "\n")
    assert (str(seen.url), seen.client) == (url, client)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("pip 23.0.1 from /usr/lib/python3.11/site-packages/pip (python 3.11)", "23.0.1"),
        ("You are using pip version 9.0.1, however version 24 is available.", "9.0.1"),
        ("[notice] A new release of pip is available: 23.0.1 -> 24.0", "23.0.1"),
        (r"C:\x\pip-9.0.1-py3.6.egg\pip\_vendor", "9.0.1"),
    ],
)
def test_the_version_of_pip_is_told(text, version):
    assert only(PIP + text + "\n").version == version


def test_a_retry_that_helped_is_overcome():
    retry = "WARNING: Retrying (Retry(total=4)) after connection broken by 'ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443): Read timed out. (read timeout=15)\")': /simple/pip/\n"
    assert only(retry + "Successfully installed pip-25.2\n").overcome
    assert not only(retry + "ERROR: No matching distribution found for pip\n").overcome


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello\n",
        "Collecting certifi\n  Downloading certifi-2024.7.4-py3-none-any.whl\nSuccessfully installed certifi\n",
        "Looking in indexes: https://pypi.org/simple\nRequirement already satisfied: pip\n",
        "pip config set global.timeout 60\nrunning --timeout 30\n",
        "If you use a self-signed certificate, set REQUESTS_CA_BUNDLE.\n",
        "Resolved 12 packages in 3ms\nInstalled 12 packages in 40ms\n + ssl 1.0\n",
    ],
)
def test_a_text_without_failure_gives_nothing(text):
    assert read(text).sightings == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://user:s3cr3tpass@pypi.corp.example/simple/",
        "https://s3cr3tpass@pypi.corp.example/simple/",
    ],
)
def test_credentials_do_not_come_out(url):
    text = PIP.replace("https://pypi.corp.example/simple/", url) + f"pip install -i {url}\n"
    assert "s3cr3tpass" not in str(read(text))


def test_what_is_hostile_is_shown_harmlessly():
    text = "\x1b]0;owned\x07curl: (60) SSL certificate problem: certificate has expired \x1b[2J\u202e\n"
    shown = only(text).failure.text
    assert "\x1b" not in shown
    assert "\u202e" not in shown


class Endless(io.RawIOBase):
    """So many copies of a block."""

    def __init__(self, block, copies):
        self.block, self.copies = block, copies

    def readable(self):
        return True

    def read(self, _size=-1):
        self.copies -= 1
        return self.block if self.copies >= 0 else b""


@pytest.mark.parametrize(
    "block",
    [
        b"x" * 2**20,
        b"\0" * 2**20,
        b"\xff\xfe\xfd" * 2**18,
        b"SSLError" * 2**17,
        b"https://a.b/c timed out " * 2**15,
        b"skipping page https://aaaa because the GET request " * 2**14,
        b"SSLError" + b"certificate for '" * 2**15,
        b"load_verify_locations ssl_cert_file " * 2**14,
        b"hostname 'aaaa" * 2**16,
        b"certificate has expired or is not yet valid: current time " * 2**14,
        b"load_cert_chain( after connection broken by " * 2**15,
        b"certificate's altnames: ip: 1.1.1.1.1.1.1 " * 2**15,
        b"Retrying (Retry( connection to aaaa\nuser for a.b.c.d.e.f" * 2**14,
        b"\x1b[31mSSLError\x1b]" * 2**15,
    ],
    ids=[
        "plain",
        "nul",
        "invalid",
        "hits",
        "urls",
        "pages",
        "quotes",
        "bundles",
        "names",
        "times",
        "chains",
        "altnames",
        "asked",
        "escapes",
    ],
)
def test_no_log_takes_long_or_much(block):
    begun = time.process_time()
    found = reading.read([("x", Endless(block, 12))])
    assert time.process_time() - begun < 60
    assert found.size >= 12 * 2**18


def test_more_of_the_same_is_said_to_be_unread():
    line = PIP.splitlines()[3].encode() + b"\n" + b"a quiet line\n" * 600
    found = read(line * 2000)
    assert found.skipped > 0
    assert [one.failure.verify_code for one in found.sightings] == [20]


def test_foreign_problems_are_told_apart():
    found = read("OSError: [Errno 28] No space left on device\n").sightings
    assert [one.failure.reason for one in found] == [failure.DISK_FULL]
