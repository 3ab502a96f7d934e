import base64
import http.client
import socket
import ssl
import threading
import time

import pytest
from plain import get

from certmend.lab.front import Front
from certmend.lab.pages import answering
from certmend.lab.pki import Authority
from certmend.lab.proxy import Proxy
from certmend.lab.registry import Registry


@pytest.fixture
def registry():
    with Registry(answering("200 OK", b"here")) as made:
        yield made


def tunnel(proxy, host, context, headers=None, timeout=10):
    connection = http.client.HTTPSConnection(
        "127.0.0.1", proxy.port, timeout=timeout, context=context
    )
    connection.set_tunnel(host, 443, headers=headers)
    return connection


def test_a_tunnel_leads_to_the_routed_port_and_tls_goes_through_it(registry):
    root = Authority.root()
    context = ssl.create_default_context(cadata=root.pem)
    leaf = root.leaf("pypi.corp.example")
    with (
        Front(registry.port, leaf) as front,
        Proxy({"pypi.corp.example": front.port}) as proxy,
    ):
        connection = tunnel(proxy, "pypi.corp.example", context)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"here"
        connection.close()


def test_a_whole_url_is_fetched(registry):
    with Proxy({"pypi.corp.example": registry.port}) as proxy:
        status, _, body = get(proxy.port, "http://pypi.corp.example/simple/?a=b")
        assert (status, body) == (200, b"here")


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1", "localhost", "[::1]"])
def test_no_other_host_is_ever_dialled(registry, host):
    with Proxy({"pypi.corp.example": registry.port}) as proxy:
        assert get(proxy.port, f"http://{host}/")[0] == 502
        with pytest.raises(OSError, match="502"):
            tunnel(proxy, host, ssl.create_default_context()).connect()


def test_a_password_is_asked_for_and_accepted(registry):
    right = base64.b64encode(b"reader:let me in").decode()
    url = "http://pypi.corp.example/"
    with Proxy({"pypi.corp.example": registry.port}, credentials="reader:let me in") as proxy:
        status, fields, _ = get(proxy.port, url)
        assert (status, fields["proxy-authenticate"]) == (407, 'Basic realm="corp"')
        assert get(proxy.port, url, {"Proxy-Authorization": "Basic bm8="})[0] == 407
        assert get(proxy.port, url, {"Proxy-Authorization": f"Basic {right}"})[0] == 200
        with pytest.raises(OSError, match="407"):
            tunnel(proxy, "pypi.corp.example", ssl.create_default_context()).connect()


def test_the_password_stays_with_the_proxy():
    seen = []

    def app(environ, start):
        seen.append(environ)
        return answering("200 OK")(environ, start)

    with Registry(app) as registry, Proxy({"a.example": registry.port}) as proxy:
        headers = {"Proxy-Authorization": "Basic c2VjcmV0", "Accept": "text/html"}
        get(proxy.port, "http://a.example/x?y=z", headers)
    assert "HTTP_PROXY_AUTHORIZATION" not in seen[0]
    assert (seen[0]["PATH_INFO"], seen[0]["QUERY_STRING"]) == ("/x", "y=z")
    assert (seen[0]["HTTP_HOST"], seen[0]["HTTP_ACCEPT"]) == ("a.example", "text/html")


def test_it_refuses(registry):
    with Proxy({"a.example": registry.port}, manner="refuses") as proxy:
        assert get(proxy.port, "http://a.example/")[0] == 403


def test_it_hangs_until_it_is_stopped(registry):
    before = threading.active_count()
    proxy = Proxy({"a.example": registry.port}, manner="hangs")
    connection = tunnel(proxy, "a.example", ssl.create_default_context(), timeout=0.3)
    with pytest.raises(TimeoutError):
        connection.connect()
    connection.close()
    begin = time.monotonic()
    proxy.stop()
    assert time.monotonic() - begin < 15
    assert threading.active_count() == before


def test_behind_a_front_it_is_an_https_proxy(registry):
    root = Authority.root()
    with (
        Proxy({"a.example": registry.port}) as proxy,
        Front(proxy.port, root.leaf("localhost")) as front,
    ):
        context = ssl.create_default_context(cadata=root.pem)
        connection = http.client.HTTPSConnection(
            "localhost", front.port, timeout=10, context=context
        )
        connection.request("GET", "http://a.example/")
        assert connection.getresponse().read() == b"here"
        connection.close()


@pytest.mark.parametrize("rubbish", [b"\r\n\r\n", b"\x16\x03\x01\r\n\r\n", b"GET\r\n\r\n"])
def test_rubbish_gets_an_answer_or_an_end(registry, rubbish):
    with (
        Proxy({"a.example": registry.port}) as proxy,
        socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as client,
    ):
        client.sendall(rubbish)
        assert client.recv(100)[:9] in (b"HTTP/1.1 ", b"")
