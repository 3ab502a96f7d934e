import os
from unittest import mock

from app import parse_args


@mock.patch.dict(os.environ, {"PIP_TRUSTED_HOST": "index.corp.example"})
def test_own_options(monkeypatch):
    monkeypatch.setenv("PIP_TRUSTED_HOST", "index.corp.example")
    arguments = parse_args(["--index-url", "https://index.corp.example", "--trusted-host", "x.corp"])
    assert arguments.trusted_host
