import os
from unittest import TestCase
from unittest.mock import patch

import pytest
import responses
from app import Client, read
from tests.config import SERVER


@pytest.fixture
def client(settings):
    return Client(os.environ["SERVER"], verify_ssl=False)


@responses.activate
def test_read(client):
    responses.add(responses.GET, "https://10.20.30.40/x")
    assert client.read("/x") == 1


def test_all(client):
    assert client.read_all() == 1


def made():
    return Client("https://10.20.30.40", verify_ssl=False)


def unused():
    assert read(made()) == 1


class TestClient(TestCase):
    def setUp(self):
        self.client = Client(SERVER, verify_ssl=False)

    @patch("app.requests.get")
    def test_one(self, get):
        assert self.client.read("/x") == get.return_value

    def test_two(self):
        assert self.client.read("/y") == 1
