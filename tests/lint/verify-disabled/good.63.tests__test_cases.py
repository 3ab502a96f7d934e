import pytest
from own import Client, Config


@pytest.mark.parametrize("config", [Config("https://10.20.30.40", ssl_verify=False)])
def test_made(config):
    assert config.make().is_ready()


def test_address_of_a_fixture(virlrc):
    client = Client(ssl_verify=False)
    assert client.is_ready()
