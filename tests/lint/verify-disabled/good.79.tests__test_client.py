import pytest
from billing import Api


@pytest.fixture
def api():
    return Api(url="https://example.com", token="abcd", ssl_verify=False)
