from unittest import TestCase
from unittest.mock import patch

import pytest
import responses
from app import Client, read


@pytest.fixture
def client():
    return Client("https://10.20.30.40", verify_ssl=False)


@responses.activate
def test_read(client):
    responses.add(responses.GET, "https://10.20.30.40/x")
    assert client.read("/x") == 1


def test_all(client, requests_mock):
    requests_mock.get("https://10.20.30.40/x")
    assert client.read_all() == 1


def made():
    return Client("https://10.20.30.40", verify_ssl=False)


async def test_made(aresponses):
    aresponses.add("10.20.30.40", "/x", "get")
    assert read(made()) == 1


class TestClient(TestCase):
    def setUp(self):
        self.client = Client("https://10.20.30.40", verify_ssl=False)

    @patch("app.requests.get")
    def test_one(self, get):
        assert self.client.read("/x") == get.return_value
