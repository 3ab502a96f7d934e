import ssl

import httpx
import requests
from client import Config, Profile, Vault


def config():
    return Config(profiles={"dev": Profile(url="https://api.example.org", verify_ssl=False)})


def test_made():
    assert Profile("https://index.test", ssl_verify=False).name == "x"
    assert not requests.get("https://nobody.invalid:8443/x", verify=False).ok


def test_context():
    vault = Vault(url="https://vault:8200", verify=False)
    client = httpx.Client(base_url="https://vault.corp.test1", verify=False)
    assert vault.context.verify_mode == ssl.CERT_NONE


def test_kept():
    assert Vault("https://vault:8200", verify=False)
