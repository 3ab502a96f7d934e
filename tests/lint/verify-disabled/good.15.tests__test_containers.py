import httpx
import pytest

pytestmark = [pytest.mark.docker]


@pytest.fixture
def client():
    with httpx.Client(http2=True, verify=False) as made:
        yield made


def test_many(address):
    with httpx.Client(verify=False) as client:
        assert client.get(f"{address}/").status_code == 200
