import subprocess

import pytest
import requests

HOST = "https://localhost:5001"


class Server:
    def __init__(self, name, url):
        self.url = url


SERVERS = [Server("first", "https://localhost:8000"), Server("second", url="https://127.0.0.1:9")]


@pytest.fixture
def base_url():
    with subprocess.Popen(["server"]):
        yield f"https://127.0.0.1:{8443}"


def wait_for(url, tries=10):
    requests.get(url, verify=False)


async def is_healthy(client, address):
    return requests.get(f"{address}/health", verify=False)


def test_it(base_url):
    wait_for(HOST)
    wait_for(f"{HOST}/shells")
    is_healthy(None, address=HOST)
    requests.get(base_url + "/x", verify=False)
    for server in SERVERS:
        requests.get(server.url + "/x", verify=False)
