import ssl

import requests
from client import MockDevice
from tornado.testing import AsyncHTTPSTestCase


class TestOptions(AsyncHTTPSTestCase):
    def test_options(self):
        assert self.fetch("/hello", ssl_options={"cert_reqs": ssl.CERT_NONE}).code == 200


def device():
    told = {"host": "10.20.30.40", "verify": False}
    assert requests.codes.ok == MockDevice(**told).status
