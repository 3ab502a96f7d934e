import os
from argparse import Namespace
from unittest import mock

from app import Config, run


def test_environment(monkeypatch):
    monkeypatch.setenv("CURL_CA_BUNDLE", "")
    assert run() == 1


@mock.patch.dict(os.environ, {"GIT_SSL_NO_VERIFY": "true"})
def test_environment_of_all():
    with mock.patch.dict(os.environ, CURL_CA_BUNDLE=""):
        assert run() == 1


def test_settings():
    told = Namespace(url="https://10.20.30.40", verify_ssl=False)
    config = Config(host="10.20.30.40", verify_ssl=False)
    assert run(told, config) == 1
