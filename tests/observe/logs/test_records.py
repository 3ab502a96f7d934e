"""Records of a logger are failures of their own; lines that a pipeline numbers may be one."""

import io

import pytest

from certmend.model import failure
from certmend.observe.logs import reading
from certmend.observe.logs.lines import lines

EXPIRED = "certificate verify failed: certificate has expired (_ssl.c:1006)"
NO_NAME = "[Errno -2] Name or service not known"
RECORDS = (
    "2026-01-05 07:08:{:02},123 ERROR mirror.sync: {}",
    "2026-01-05 07:08:{:02}.001 | ERROR    | mirror:sync:12 - {}",
    "[2026-01-05 07:08:{:02}] [main] WARN c.example.Mirror - {}",
    "[07:08:{:02}] [CRITICAL] {}",
    "2026/01/05 07:08:{:02} [error] 12#0: *3 {}",
    'time="2026-01-05T07:08:{:02}Z" level=error msg="{}"',
    "E0105 07:08:{:02}.150845       1 mirror.go:91] {}",
    "Jan  5 07:08:{:02} mill mirror[812]: {}",
    "2026-01-05T07:08:09.1234567Z 2026-01-05 07:08:{:02},123 ERROR mirror: {}",
)


def sightings(text):
    return reading.read([("x.log", io.BytesIO(text.encode()))]).sightings


@pytest.mark.parametrize("form", RECORDS)
def test_records_in_adjacent_lines_are_two_failures(form):
    text = f"{form.format(9, EXPIRED)}\n{form.format(10, NO_NAME)}\n"
    reasons = {one.failure.reason for one in sightings(text)}
    assert reasons == {failure.VERIFY, failure.NOT_RESOLVED}


@pytest.mark.parametrize(
    "line",
    [
        "2026-01-05T07:08:09.1234567Z fatal: unable to access 'https://mill.example/'",
        "#12 70.11 pdm.termui: Error occurs:",
        "07:08:09 Building wheels",
        "10:00:00 INFORMATION is missing",
        "2026-01-05T07:08:09.1234567Z WARNING: Retrying (Retry(total=4))",
        "[2026-01-05T07:08:09.123Z] ERROR: Could not find a version",
        "07:08:09  ERROR: Could not find a version",
    ],
)
def test_a_clock_alone_makes_no_record(line):
    assert not any(one.record for one in lines(f"{line}\n".encode(), 1))


def test_a_message_that_a_pipeline_cut_into_lines_stays_one():
    text = (
        "2026-01-05T07:08:09.1234567Z error: Failed to fetch: `https://mill.example/simple/`\n"
        "2026-01-05T07:08:09.1234568Z   Caused by: client error (Connect)\n"
        "2026-01-05T07:08:09.1234569Z   Caused by: invalid peer certificate: UnknownIssuer\n"
    )
    (one,) = sightings(text)
    assert (one.host, one.failure.verify_code) == ("mill.example", 20)


def test_what_a_proxy_answers_for_a_host_is_told_once():
    text = (
        "+ curl -v https://mill.example/ink.tgz\n"
        "HTTP/1.1 403 Forbidden\nX-Squid-Error: ERR_ACCESS_DENIED 0\n"
        "curl: (22) The requested URL returned error: 403\n"
    )
    (one,) = sightings(text)
    assert one.failure.reason == failure.TUNNEL


@pytest.mark.parametrize(
    ("client", "words"),
    [
        ("poetry", "- **Poetry version**: 1.1.8"),
        ("poetry", "Poetry (version 1.1.8)"),
        ("pdm", "PDM version:\n1.1.8"),
        ("uv", "uv version 1.1.8"),
        ("pip", "pip                1.1.8"),
        ("conda", "          conda version : 1.1.8"),
        ("mamba", "micromamba version: 1.1.8"),
        ("twine", "twine version 1.1.8 (importlib-metadata: 7)"),
    ],
)
def test_a_version_is_told_in_the_tools_own_words_and_in_peoples(client, words):
    run = {"pip": "pip install ink", "conda": "conda update ink", "mamba": "mamba update ink"}
    said = run.get(client, f"{client} {'upload' if client == 'twine' else 'add'} ink")
    (one,) = sightings(f"$ {said}\ncertificate verify failed: certificate has expired\n{words}\n")
    assert (one.client, one.version) == (client, "1.1.8")
