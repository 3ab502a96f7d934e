from contextlib import contextmanager
from functools import partial

import requests


def fetch(url, verify=True):
    return requests.get(url, verify=verify)


def call(url, *, no_verify=False):
    if no_verify is None:
        no_verify = True
    return requests.get(url, verify=not no_verify)


def bundle(url, ca, check=True):
    return requests.get(url, verify=ca if check else False)


@contextmanager
def device(host, ssl_check):
    session = requests.Session()
    session.verify = ssl_check
    yield session


def made(**options):
    session = requests.Session()
    session.verify = options.get("verify", True)
    return session


class Api:
    def __init__(self, base, user, password, verify=True):
        self.base = base
        self.s = requests.Session()
        self.s.verify = verify

    @classmethod
    def lab(cls):
        return cls("https://lab.corp.net", "a", "b", False)

    def ask(self, path, check):
        return requests.post(self.base + path, verify=check)

    def status(self):
        return self.ask("/status", False)


class Sub(Api):
    pass


class Switch:
    def __init__(self, host, validate=True):
        self.host = host
        self.validate = validate

    def get(self, path):
        return requests.get("https://" + self.host + path, verify=self.validate)


fetch("https://old.corp.net/", False)
call("https://old.corp.net/", no_verify=True)
bundle("https://old.corp.net/", "/ca.pem", False)
made(verify=False).get("https://old.corp.net/")
partial(fetch, verify=False)("https://old.corp.net/")
Sub("https://old.corp.net", "a", "b", False)
Switch("n9k.corp.net", validate=False).get("/x")
Switch("n9k.corp.net", False).get("/x")
with device("n9k.corp.net", ssl_check=False) as session:
    session.get("https://n9k.corp.net/config")
