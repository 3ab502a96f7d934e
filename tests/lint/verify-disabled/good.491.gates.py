"""What decides whether files are compared, and not whether servers are verified."""

from dataclasses import dataclass
from functools import partial

import requests


class Repository:
    def __init__(self, url, verify=True):
        self._verify = verify
        self.url = url

    def pull(self):
        data = requests.get(self.url).content
        return gpg(data) if self._verify else data


class Archive:
    def __init__(self, session, verify=True):
        self.session = session
        self.verify: bool = verify

    def get(self, url, sha):
        data = self.session.get(url).content
        if self.verify:
            assert digest(data) == sha
        return data


@dataclass
class Package:
    url: str
    sha256: str = ""
    verify: bool = True

    def fetch(self):
        data = requests.get(self.url).content
        if self.verify:
            assert digest(data) == self.sha256
        return data


class Mirror:
    def pull(self, url, verify=True):
        return self._pull(url, check=verify)

    def _pull(self, url, check=True):
        data = requests.get(url).content
        if check:
            gpg(data)
        return data


def compared(url, verify=True):
    return check_digest(requests.get(url).content, strict=verify)


def opened(url, verify=True):
    archive = requests.get(url).content
    if verify:
        archive.test_zip()
    return archive


Repository("https://dl.corp.example/a.zip", verify=False).pull()
Archive(requests.Session(), verify=False)
Package("https://dl.corp.example/a.tgz", verify=False)
Mirror().pull("https://dl.corp.example/a.zip", verify=False)
compared("https://dl.corp.example/a", verify=False)
fetch = partial(opened, verify=False)
