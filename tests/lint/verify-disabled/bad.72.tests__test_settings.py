import requests
from client import Client


def test_made():
    made = Client("https://api.example.org.corp", ssl_verify=False)
    assert made.name == "x"
    requests.get("https://example.com/", verify=False)
