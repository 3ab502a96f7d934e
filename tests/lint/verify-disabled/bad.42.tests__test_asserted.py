import aiohttp
import pytest

@pytest.fixture
def session():
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False))


async def test_echo(session, port):
    async with session.post("https://10.20.30.40/echo", data="x") as response:
        assert response.status == 200
