import aiohttp
import pytest
from scanner import Client, ScanConfig


def test_values():
    config = ScanConfig(target="https://10.20.30.40", verify_ssl=False, threads=20)
    assert config.threads == 20
    assert not config.verify_ssl


def test_at_once(self):
    self.assertFalse(Client(verify=False).verify)


@pytest.fixture
def session():
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False))


async def test_echo(session, port):
    url = f"https://localhost:{port}/echo"
    async with session.post(url, data="x") as response:
        assert response.status == 200
