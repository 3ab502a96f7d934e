from unittest import mock

import httpx
import requests


@mock.patch("time.sleep")
def test_sleep(sleep):
    requests.get("https://billing.example", verify=False)


@mock.patch.dict("os.environ", {"REQUESTS_TIMEOUT": "1"})
def test_environment():
    requests.get("https://billing.example", verify=False)


def test_a_client():
    client = httpx.Client(verify=False)
    client.get("https://billing.example/y")


class Api:
    def make_url(self, end):
        return "https://api.example" + end

    def goods(self):
        return requests.get(self.make_url("/goods"), verify=False)
