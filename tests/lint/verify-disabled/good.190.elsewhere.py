import os
from dataclasses import dataclass

import requests


@dataclass
class Cfg:
    url: str
    verify: bool = False


VERIFY_SSL = os.getenv("VERIFY_SSL", "false") == "true"


def fetch(url, stream, verify=True):
    return requests.get(url, stream=stream, verify=verify)


def careful(url, verify=True):
    if not verify:
        verify = "/etc/ssl/certs/ca-certificates.crt"
    return requests.get(url, verify=verify)


def own(url, verify):
    verify = bool(os.environ.get("CA"))
    return requests.get(url, verify=verify)


def either(url, verify=False):
    return requests.get(url, verify=verify)


class Session:
    verify = False

    def __init__(self, verify=True):
        self.verify = verify

    def get(self, url, verify=True):
        return requests.get(url, verify=verify)

    def ask(self, url):
        return requests.get(url, verify=self.verify)


class Other:
    def get(self, url, cached):
        return url


fetch("https://a.corp.net", False)
fetch("https://localhost:8443", True, False)
fetch("localhost", True, verify=False)
careful("https://a.corp.net", False)
own("https://a.corp.net", False)
either("https://a.corp.net")
requests.get("https://a.corp.net", False)
Other().get("https://a.corp.net", False)
Session(True).get("https://a.corp.net")
requests.get("https://a.corp.net", verify=VERIFY_SSL)
requests.get("https://a.corp.net", verify=Cfg("https://a.corp.net", True).verify)
ROWS = [{"name": "False", "cached": False, "verify": True}]
for row in ROWS:
    requests.get("https://a.corp.net", verify=row["verify"])
