import os

import pytest
import requests
from config import settings
from urllib3 import PoolManager

HOST = os.environ.get("TEST_HOST")


@pytest.fixture
def base():
    return os.environ["BASE"]


def test_fixture(base):
    assert requests.get(base + "/health", verify=False).ok


def test_settings():
    assert requests.get(f"{settings.url}/health", verify=False).ok


class TestSite:
    host = HOST

    def test_attribute(self):
        assert requests.get(f"https://{self.host}/", verify=False).ok


def ask(path):
    return requests.get(f"https://{HOST}/{path}", verify=False)


def test_asked():
    assert ask("x").ok


def test_pool():
    pool = PoolManager(cert_reqs="CERT_NONE")
    assert pool.request("GET", "https://10.20.30.40/x").status == 200
