from unittest import mock

import httpx
import requests


@mock.patch("time.sleep")
def test_sleep(sleep):
    requests.get("https://10.20.30.40", verify=False)


@mock.patch.dict("os.environ", {"REQUESTS_TIMEOUT": "1"})
def test_environment():
    requests.get("https://10.20.30.40", verify=False)


def test_a_client():
    client = httpx.Client(verify=False)
    client.get("https://10.20.30.40/y")


class Api:
    def make_url(self, end):
        return "https://10.20.30.40" + end

    def goods(self):
        return requests.get(self.make_url("/goods"), verify=False)
