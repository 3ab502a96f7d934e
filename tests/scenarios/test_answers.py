"""What a registry answers: real pip's way with it, and certmend's word for it."""

import contextlib
import gzip
import json
import subprocess
import time
from urllib.parse import urlsplit

import pytest

from certmend.lab import pages, raw
from certmend.lab.front import Front
from certmend.lab.pki import Authority
from certmend.lab.proxy import Proxy
from certmend.lab.registry import Registry
from certmend.lab.wheels import BILLING

GOOD = pages.links_to("/files/", [BILLING])
LINK = f'<a href="/files/{BILLING.name}">{BILLING.name}</a>'
HOST = "pypi.corp.example"


def only(path, answer):
    """The one answer below a path, and a working index elsewhere."""

    def app(environ, start):
        mine = environ["PATH_INFO"].rstrip("/") == path
        return (answer if mine else GOOD)(environ, start)

    return app


def root(status, *content, **headers):
    return only("/simple", pages.answering(status, *content, **headers))


def page(status, *content, **headers):
    return only("/simple/billing", pages.answering(status, *content, **headers))


def everything(status, *content, **headers):
    return pages.answering(status, *content, **headers)


def slow_root(environ, start):
    time.sleep(4)
    return GOOD(environ, start)


BIG = json.dumps(
    {
        "meta": {"api-version": "1.0"},
        "name": "billing",
        "files": [{"filename": BILLING.name, "url": f"/files/{BILLING.name}", "hashes": {}}]
        + [
            {"filename": f"billing-0.{n}.zip", "url": "/x" * 100, "hashes": {}} for n in range(6000)
        ],
    }
).encode()

READS_JSON = (22, 2)
ANSWERS = {
    "the root wants credentials": (root("401 Unauthorized"), set()),
    "the root is forbidden": (root("403 Forbidden"), set()),
    "the root is missing": (root("404 Not Found"), set()),
    "the root fails": (root("500 Oops"), set()),
    "the root is limited": (root("429 Too Many Requests"), set()),
    "the root is slow": (only("/simple", slow_root), set()),
    "the page is compressed": (
        page("200 OK", gzip.compress(LINK.encode()), Content_Encoding="gzip"),
        set(),
    ),
    "links that lead nowhere": (
        page("200 OK", b'<a href="https://x.example:99999/a-1.zip">a</a>' + LINK.encode()),
        set(),
    ),
    "the page is forbidden": (page("403 Forbidden"), {"auth-required"}),
    "a client certificate is asked for in the answer": (
        everything("400 Bad Request", b"<title>400 No required SSL certificate was sent</title>"),
        {"client-cert-required"},
    ),
    "Apache cannot ask for it in TLS 1.3": (
        everything(
            "403 Forbidden", b"<p>Reason: Cannot perform Post-Handshake Authentication.</p>"
        ),
        {"client-cert-required"},
    ),
    "redirects in a circle": (
        everything("302 Found", Location="/simple/again/"),
        {"not-an-index"},
    ),
    "the page is limited": (page("429 Too Many Requests"), {"unreachable"}),
    "the page fails": (page("502 Bad Gateway"), {"unreachable"}),
    "everything fails, and pip would try again": (everything("503 Busy"), {"unreachable"}),
    "the page has no content": (page("204 No Content"), {"not-an-index"}),
    "the page is no page": (page("405 Method Not Allowed"), {"not-an-index"}),
    "the page is plain text": (page("200 OK", b"hello", "text/plain"), {"not-an-index"}),
    "the page cannot be decompressed": (
        page("200 OK", b"no gzip", Content_Encoding="gzip"),
        {"not-an-index"},
    ),
    "a redirect to no URL": (page("302 Found", Location="https://[x/"), {"not-an-index"}),
    "redirects without an end": (
        everything("302 Found", Location="/simple/billing/"),
        {"not-an-index"},
    ),
    "numbers where lists belong": (
        page("200 OK", b'{"meta":{},"files":3}', "application/vnd.pypi.simple.v1+json"),
        {"package-not-found"},
    ),
    "brackets without an end": (
        page("200 OK", b"[" * 100_000, "application/vnd.pypi.simple.v1+json"),
        {"not-an-index"},
    ),
}


@contextlib.contextmanager
def served(app, issuing):
    with (
        Registry(app) as registry,
        Front(registry.port, issuing.leaf("localhost", HOST), (issuing,)) as front,
    ):
        yield f"https://localhost:{front.port}/simple/"


@pytest.fixture
def trusting(clean, root, tmp_path):
    """An environment in which pip trusts the lab's root."""
    file = tmp_path / "ca.pem"
    file.write_text(root.pem)
    return {**clean, "PIP_CERT": str(file)}


def download(pip, url, environment, folder):
    command = [pip.path, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--retries", "0"]
    command += ["--timeout", "2", "--index-url", url, "-d", str(folder / "dl"), "billing"]
    return subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)


def diagnosed(run, pip, environment, url, *options):
    said = run(
        *("diagnose", url, "--python", pip.path, "--package", "billing", "--timeout", "2"),
        *("--format", "json", *options),
        **environment,
    )
    return json.loads(said.stdout)["findings"]


def codes(findings):
    return {one["code"] for one in findings if one["severity"] != "note"}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer(name, pip, run, trusting, issuing, tmp_path):
    app, expected = ANSWERS[name]
    if expected == {"package-not-found"} and pip.pip < READS_JSON:
        expected = {"outdated-client"}
    with served(app, issuing) as url:
        real = download(pip, url, trusting, tmp_path)
        found = diagnosed(run, pip, trusting, url)
    assert codes(found) == expected
    assert (real.returncode != 0) == bool(expected), real.stderr


def test_a_page_longer_than_what_is_read_of_it(pip, run, trusting, issuing):
    app = page("200 OK", BIG, "application/vnd.pypi.simple.v1+json")
    with served(app, issuing) as url:
        found = diagnosed(run, pip, trusting, url)
    assert codes(found) == (set() if pip.pip >= READS_JSON else {"outdated-client"})


def test_file_links_and_redirects_to_plain_http(pip, run, trusting, issuing, tmp_path):
    """pip ignores an index over plain HTTP, and follows links and redirects to it all the same."""
    with Registry(GOOD, secure=False) as plain, Proxy({HOST: plain.port}) as proxy:
        environment = {**trusting, "HTTP_PROXY": proxy.url}
        apps = (
            pages.links_to(f"http://{HOST}/files/", [BILLING]),
            page("302 Found", Location=f"http://{HOST}/simple/billing/"),
        )
        for app in apps:
            with served(app, issuing) as url:
                real = download(pip, url, environment, tmp_path)
                (found,) = diagnosed(run, pip, environment, url)
            assert real.returncode == 0, real.stderr
            assert (found["code"], found["severity"]) == ("insecure-http", "warning")
            assert found["host"] == f"{HOST}:80"
            assert "on the server" in found["cure"]


def test_the_certificate_of_an_https_proxy_is_not_that_of_the_index(pip, run, trusting, issuing):
    """TLS to the proxy comes first: its CA is what the client lacks, not the index's."""
    other = Authority.root("Proxy Root CA")
    with (
        served(GOOD, issuing) as url,
        Proxy({"localhost": urlsplit(url).port or 0}) as proxy,
        Front(proxy.port, other.leaf("localhost"), ()) as front,
    ):
        environment = {**trusting, "HTTPS_PROXY": f"https://localhost:{front.port}"}
        (found,) = diagnosed(run, pip, environment, url)
    if pip.pip < (21,):
        assert found["code"] == "proxy", "this pip speaks plain HTTP to every proxy"
        assert "Upgrade pip" in found["cure"]
    else:
        assert found["code"] == "untrusted-root"
        said = f'the proxy localhost:{front.port} has a certificate from "Proxy Root CA"'
        assert found["summary"].startswith(said)


PROXIES = {
    "SOCKS": ("socks5://127.0.0.1:9", "needs SOCKS"),
    "a port that is none": ("http://localhost:99999", "cannot be used"),
    "a password that is not quoted": ("http://bob:p@ss/w:d@127.0.0.1:9", "cannot be used"),
}


@pytest.mark.parametrize("name", PROXIES)
def test_a_proxy_url_that_cannot_be_used(name, pip, run, trusting, issuing):
    proxy, words = PROXIES[name]
    with served(GOOD, issuing) as url:
        found = diagnosed(run, pip, {**trusting, "HTTPS_PROXY": proxy}, url)
    assert codes(found) == {"proxy"}
    assert words in found[0]["summary"]
    assert "w:d" not in json.dumps(found)


@pytest.mark.parametrize("behaviour", [raw.closes(), raw.says(b"SSH-2.0-x\r\n"), raw.hangs()])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_ends_the_connection(scheme, behaviour, pip, run, trusting, issuing):
    with served(GOOD, issuing) as url, raw.RawServer(behaviour) as proxy:
        environment = {**trusting, "HTTPS_PROXY": f"{scheme}://127.0.0.1:{proxy.port}"}
        found = diagnosed(run, pip, environment, url)
    assert codes(found) <= {"proxy", "not-tls"}
    assert len(found) == 1
