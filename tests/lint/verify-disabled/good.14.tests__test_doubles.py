from unittest import mock
from unittest.mock import call

import httpx
import requests
import responses


def test_what_is_handed_on():
    with mock.patch("billing.client.requests.get") as get:
        requests.get("https://10.20.30.40", verify=False)
        get.assert_called_once_with("https://10.20.30.40", verify=False)
        assert get.call_args == mock.call("https://10.20.30.40", verify=False)
        get.assert_has_calls([call.get("https://10.20.30.40", verify=False)])


@mock.patch.object(requests.Session, "get")
def test_a_replaced_method(get):
    requests.get("https://10.20.30.40", verify=False)


@responses.activate
def test_answers():
    requests.get("https://10.20.30.40", verify=False)


def test_a_fixture(requests_mock):
    requests.get("https://10.20.30.40", verify=False)


def test_servers_of_plugins(httpserver, httpbin_secure, live_server):
    requests.get(httpserver.url_for("/x"), verify=False)
    requests.get(httpbin_secure + "/get", verify=False)
    requests.get(f"{live_server.url}/x", verify=False)


def test_a_client():
    client = httpx.Client(verify=False)
    client.get("https://localhost:8443/x")
    client.get("https://localhost:8443/y")
