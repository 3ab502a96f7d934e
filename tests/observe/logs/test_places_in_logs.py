"""Places and names that people and tools write in their own way, and the versions beside them."""

import io

import pytest

from certmend.model import failure
from certmend.observe.logs import reading

REFUSED = "certificate verify failed: unable to get local issuer certificate (_ssl.c:1000)"


def seen(text):
    return reading.read([("x.log", io.BytesIO(f"{text}\n".encode()))]).sightings


def only(text):
    (one,) = seen(text)
    return one


def test_a_host_with_a_part_left_out_is_no_host():
    for host in ("mill-<ACCOUNT>.example", "mill-${ID}.example", "ink-***.example"):
        text = f"WARNING: 401 Error, Credentials not correct for https://{host}/simple/ink/"
        assert only(text).url is None


def test_marks_of_bold_text_are_no_part_of_a_host():
    text = f"**SSLError: {REFUSED} for url https://mill.example**"
    assert only(text).host == "mill.example"


def test_of_several_indexes_one_is_masked():
    text = f"Looking in indexes: ***nexus.example:8081/simple, https://pypi.org/simple\n{REFUSED}"
    assert only(text).url is None
    assert only(text.replace("***", "https://").split(",")[0] + f"\n{REFUSED}").host


def test_pages_of_documentation_are_not_where_it_failed():
    text = (
        f"error {REFUSED}\ninfo Visit https://weaver.example/en/docs/cli/install for this command."
    )
    assert only(text).url is None


def test_a_repository_that_was_cloned_is_where_it_failed():
    text = "$ git clone https://github.com/mill/ink\nerror: RPC failed; curl 56 Recv failure"
    assert only(text).host == "github.com"
    assert only(text).client == "git"


def test_the_host_of_openssls_own_client():
    text = "$ openssl s_client -showcerts -connect mill.example:8443\nverify error:num=20:unable to get local issuer certificate"
    assert only(text).endpoint == "mill.example:8443"


def test_an_unverified_request_names_its_host():
    text = "InsecureRequestWarning: Unverified HTTPS request is being made to host 'mill.example'."
    assert only(text).host == "mill.example"


@pytest.mark.parametrize(
    ("text", "client"),
    [
        (f"error: failed to download from `https://mill.example/ink`\n[60] {REFUSED}", "cargo"),
        (f"$ docker-compose up\nERROR: Get https://mill.example/v2/: x509: {REFUSED}", "docker"),
        (f"error during connect: Post https://mill.example/: dial tcp: {REFUSED}", "docker"),
        (f"linux/noarch       [>       ] (00m:06s) {REFUSED}", "mamba"),
        (f"$ yarn add ink\nerror {REFUSED}", "yarn"),
        (f" ERR_PNPM_META_FETCH_FAIL  GET https://mill.example/ink: {REFUSED}", "pnpm"),
        (f"49 verbose npm v10\n52 error request to https://mill.example/ink: {REFUSED}", "npm"),
        (f"javax.net.ssl.SSLHandshakeException: {REFUSED}", "java"),
        (f"Retrying (Retry(total=0)) after '{REFUSED}': /api/v4/version", ""),
        (f"Retrying (Retry(total=0)) after '{REFUSED}': /simple/ink/", "pip"),
    ],
)
def test_whose_words_they_are(text, client):
    assert {one.client for one in seen(text)} == {client}


@pytest.mark.parametrize(
    ("told", "client", "version"),
    [
        ("$ conda --version\nconda 22.9.0\n$ conda install ink", "conda", "22.9.0"),
        ("twine version 4.0.1 (requests: 2.25.1)\ntwine upload dist/*", "twine", "4.0.1"),
        ("PDM, version 2.19.1\npdm install", "pdm", "2.19.1"),
        ("pipenv, version 2023.6.2\npipenv install", "pipenv", "2023.6.2"),
        ("Hatch, version 1.9.3\nhatch publish", "hatch", "1.9.3"),
        ("git version 2.34.1\ngit clone https://h/x", "git", "2.34.1"),
        ("curl 7.88.1 (x86_64-pc-linux-gnu)\ncurl: (60) x", "curl", "7.88.1"),
        ("cargo 1.70.0 (ec8a8a0ca 2023-04-25)\ncargo build", "cargo", "1.70.0"),
        ("yarn install v1.22.19", "yarn", "1.22.19"),
    ],
)
def test_the_version_that_a_client_tells(told, client, version):
    (one, *_) = seen(f"{told}\n{REFUSED}")
    assert (one.client, one.version) == (client, version)


def test_the_line_of_a_failure_is_not_that_of_its_name():
    text = "  - Installing ink (1.0): Failed\n\n  HTTPError\n\n  401 Client Error: Unauthorized for url: https://mill.example/ink\n"
    assert only(text).lines == (5,)


def test_a_heading_ends_what_stands_above():
    head = "fatal: unable to access 'https://mill.example/x.git/': gnutls_handshake() failed: Error in the pull function."
    text = f"{head}\n\n### Logs\n\nThe TLS connection was non-properly terminated.\n"
    assert [one.lines[0] for one in seen(text)] == [1, 5]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ConnectionRefusedError(10061, '由于目标计算机积极拒绝')", failure.REFUSED),
        ("error(10054, 'Une connexion existante a dû être fermée')", failure.RESET),
        ("OSError(10060, 'Ein Verbindungsversuch ist fehlgeschlagen')", failure.TIMEOUT),
    ],
)
def test_an_error_is_known_by_its_number_in_any_language(text, reason):
    assert only(f"ProtocolError('Connection broken', {text})").failure.reason == reason


@pytest.mark.parametrize(
    ("first", "client"),
    [
        ("error: failed to fetch `https://mill.example/looms.git`", "cargo"),
        ("error: Failed to fetch: `https://mill.example/simple/looms/`", "uv"),
        ("Unable to update https://mill.example/looms.git", "cargo"),
    ],
)
def test_cargo_and_uv_fetch_in_nearly_the_same_words(first, client):
    one = only(f"{first}\n\nCaused by:\n  {REFUSED}")
    assert (one.host, one.client) == ("mill.example", client)


def test_npms_debug_log_is_npms():
    text = "17 info postinstall looms@0.1.3\n18 error Error: UNABLE_TO_VERIFY_LEAF_SIGNATURE"
    assert only(text).client == "npm"


def test_pnpm_is_not_npm():
    one = only(
        f"$ pnpm install\nFetchError: request to https://mill.example/looms failed: {REFUSED}"
    )
    assert one.client == "pnpm"


@pytest.mark.parametrize("words", ["无法访问 '{}'：", "konnte nicht auf '{}' zugreifen: "])
def test_git_speaks_every_language(words):
    place = words.format("https://mill.example/looms.git/")
    one = only(
        f"fatal: {place}gnutls_handshake() failed: The TLS connection was non-properly terminated."
    )
    assert (one.host, one.client) == ("mill.example", "git")


@pytest.mark.parametrize("command", ["pip2", "pip3.9", "pip.exe", "/usr/bin/pip3"])
def test_pip_has_many_names(command):
    assert (
        only(f"$ {command} install looms\nrequests.exceptions.SSLError: {REFUSED}").client == "pip"
    )
