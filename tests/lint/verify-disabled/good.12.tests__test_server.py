import ssl
from http.server import HTTPServer
from unittest import mock

import pytest
import requests
from client import Client
from nats.server import run


async def test_own_server():
    server = await run(port=0)
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    client = await Client.connect(server.client_url, tls=context)
    await client.close()


def test_fixture(httpserver):
    response = requests.get(httpserver.url_for("/"), verify=False)
    assert response.ok


def test_refused():
    with pytest.raises(ValueError, match="a file of CAs"):
        Client(url="https://10.20.30.40", verify=False)


def test_told():
    client = Client("https://10.20.30.40", verify_ssl=False)
    assert client.verify_ssl is False


@mock.patch("client.requests.get")
def test_replaced(asked):
    requests.get("https://10.20.30.40", verify=False)
    asked.assert_called_once()


def test_fixture_replaces(requests_mock):
    requests.get("https://10.20.30.40", verify=False)
    assert requests_mock.called


class TestOwn:
    def setUp(self):
        self.server = run(port=0)

    def test_kept(self):
        requests.get(self.server.url, verify=False)

    @pytest.fixture
    def context(self):
        unchecked = ssl.create_default_context()
        unchecked.check_hostname = False
        unchecked.verify_mode = ssl.CERT_NONE
        return unchecked

    def test_address_of_this_machine(self, handler, address):
        HTTPServer(("0.0.0.0", 6666), handler).handle_request()
        requests.get("{}://{}:{}/".format("https", address(), 6666), verify=False)


class TestDebug:
    def test_output(self):
        self.stub_url("GET", text="x")
        assert Client("https://10.20.30.40", verify=False).get("/") == "x"


@pytest.fixture
def pool():
    return requests.Session.made(cert_reqs="CERT_NONE")


def test_pool(pool, httpbin_both):
    assert pool.request("GET", httpbin_both.url).ok
