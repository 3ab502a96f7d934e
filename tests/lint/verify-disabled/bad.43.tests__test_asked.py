import os

import requests


def test_list():
    session = requests.Session()
    session.cert = os.getenv("X509_USER_PROXY")
    session.verify = False
    assert session.get("https://storage.corp.internal/").ok


def given():
    session = requests.Session()
    session.verify = False
    return session
