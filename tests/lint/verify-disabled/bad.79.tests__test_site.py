import requests


def test_site():
    page = requests.get("https://example.com", verify=False)
    assert page.ok
