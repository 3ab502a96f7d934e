import requests
from client import Profile


def test_made():
    made = Profile("https://api.example.org.corp", ssl_verify=False)
    assert made.name == "x"
    requests.get("https://example.com/", verify=False)
