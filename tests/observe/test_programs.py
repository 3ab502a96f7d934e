"""What a program says of one URL: curl's answer as the server sent it, also of a page without end."""

import shutil

import pytest

import certmend
from certmend import api
from certmend.lab import raw
from certmend.lab.front import Front
from certmend.observe.clients.uv import UV
from certmend.observe.programs import Programs, _http

NEEDS_CURL = pytest.mark.skipif(
    shutil.which("curl") is None, reason="curl is not installed (Debian package)"
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("HTTP/1.1 200 OK\r\na: b\r\n\r\nHTTP/1.1 of the body", 200),
        ("HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 404 \r\na: b\r\n\r\n", 404),
        ("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 301 Moved\r\nlocation: /x\r\n\r\n", 301),
        ("HTTP/2 200 \r\ncontent-length: 40000000\r\n", 200),
        ("curl: (60) no certificate", None),
        ("", None),
    ],
)
def test_the_servers_own_answer_is_read(text, status):
    answer = _http(text, 100)
    assert (answer and answer["status"]) == status


ASKED = "error: Failed to read `--find-links` URL: https://a/x/\n  cause: "
SENDING = (
    "error sending request for url\n         (https://b/x/)\n  cause: invalid peer certificate"
)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            ASKED + "HTTP status client error (407 ) for url\n  (https://a/x/)",
            (407, "https://a/x/"),
        ),
        (
            ASKED + "HTTP status server error (503 Gone away) for url (http://b/)",
            (503, "http://b/"),
        ),
        (ASKED + "HTTP status client error (404 Not Found) for url (https://a/x/)", "reached"),
        ("error: No solution found when resolving dependencies", "reached"),
        (ASKED + SENDING, ("error", "https://b/x/")),
    ],
)
def test_what_uv_says_of_an_answer_and_of_where_it_was_led(said, answer):
    asker = Programs(UV.asking, "uv", "0.13.9", {}, lambda _: True, "python")
    found = asker._read(said, failed=True)
    asker.close()
    if answer == "reached":
        assert found == {"reached": True}
    else:
        assert (found.get("status", "error"), found["at"]) == answer


def stalls(said):
    """Says it, and then nothing more while the peer waits."""

    def behave(peer, _):
        peer.recv(65536)
        peer.sendall(said)
        peer.settimeout(10)
        peer.recv(1)

    return behave


def asked(server, clean, root, issuing, tmp_path):
    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem)
    with server, Front(server.port, issuing.leaf("localhost"), (issuing,)) as front:
        url = f"https://localhost:{front.port}/simple/"
        request = certmend.Request(urls=(url,), clients=("curl",), timeout=2.0, fetch=False)
        return certmend.gather(request, {**clean, "CURL_CA_BUNDLE": str(bundle)})


@NEEDS_CURL
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(HEAD + b"Content-Length: 40000000\r\n\r\n<html>", id="a large page"),
        pytest.param(HEAD + b"Content-Length: 900000\r\n\r\n<html>", id="a slow page"),
    ],
)
def test_a_page_need_not_come_whole(said, clean, root, issuing, tmp_path):
    facts = asked(raw.RawServer(stalls(said)), clean, root, issuing, tmp_path)
    assert facts.attempts[0].failure is None
    assert facts.attempts[0].reply.status == 200


@NEEDS_CURL
def test_a_server_that_never_answers_is_told_from_one_that_breaks_tls(
    clean, root, issuing, tmp_path
):
    facts = asked(raw.RawServer(stalls(b"")), clean, root, issuing, tmp_path)
    (finding,) = api.judge(facts)
    assert finding.code == "connection-closed"
    assert "agrees to TLS, and does not answer curl in time" in finding.summary
