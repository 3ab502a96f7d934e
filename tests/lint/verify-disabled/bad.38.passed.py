import pytest
import requests

HOST = "https://localhost:5001"


class Server:
    def __init__(self, name, url):
        self.url = url


SERVERS = [Server("first", "https://localhost:8000"), Server("second", "https://two.example")]


@pytest.fixture
def base_url():
    yield "https://registry.example"


def wait_for(url):
    requests.get(url, verify=False)


def ask(address):
    requests.get(address, verify=False)


def test_it(base_url):
    wait_for(HOST)
    wait_for("https://away.example")
    requests.get(base_url, verify=False)
    for server in SERVERS:
        requests.get(server.url, verify=False)
