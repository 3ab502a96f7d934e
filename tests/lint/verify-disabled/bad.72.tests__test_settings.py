import requests


def test_made():
    requests.get("https://example.com/", verify=False)
