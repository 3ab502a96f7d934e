from unittest import TestCase

import pytest
import requests
from client import Client


def test_route(client):
    route = client.create("route")
    response = requests.get("https://{0}".format(route.spec.host), verify=False)
    assert response.text == "hello"


def test_values():
    client = Client(target="https://10.20.30.40", verify_ssl=False, threads=20)
    assert client.threads == 20


def test_upload(storage):
    session = requests.Session()
    session.verify = False
    storage.upload(session)


def setup_module():
    global client
    client = requests.Session()
    client.verify = False


@pytest.fixture
def client():
    return Client("https://10.20.30.40", verify_ssl=False)


def test_all(client):
    assert client.read_all() == 1


def ask(url):
    return requests.get(url, verify=False)


def test_asked(site):
    assert ask(site.url).ok


class TestSite(TestCase):
    session = requests.Session()
    session.verify = False

    def setUp(self):
        self.client = Client("https://10.20.30.40", verify_ssl=False)

    def test_one(self):
        assert self.client.read("/y") == 1
