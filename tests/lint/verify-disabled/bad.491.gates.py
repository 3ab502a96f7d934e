from dataclasses import dataclass

import requests
import urllib3


class Api:
    def __init__(self, url, verify=True):
        self.url = url
        self.verify = verify

    def get(self, path):
        trusted = self.ca if self.verify else False
        return requests.get(self.url + path, verify=trusted)


class Quiet:
    def __init__(self, url, verify=True):
        self.verify = verify
        if not verify:
            urllib3.disable_warnings()


class Chosen:
    def __init__(self, url, verify=True):
        self.verify = verify

    def get(self, path):
        trusted = True
        if not self.verify:
            trusted = False
        return requests.get(path, verify=trusted)


class Derived(Api):
    def __init__(self, url, verify=True):
        self.verify = verify
        self.url = url

    def head(self):
        if self.verify:
            print(self.url)


@dataclass
class Site:
    url: str
    verify: bool = True

    def check(self):
        if not self.verify:
            print("compared with nothing")
        return requests.get(self.url, verify=self.verify)


class Mirror:
    def pull(self, url, verify=True):
        return self._pull(url, check=verify)

    def _pull(self, url, check=True):
        return requests.get(url, verify=check)


Api("https://api.corp.example", verify=False)
Quiet("https://api.corp.example", verify=False)
Chosen("https://api.corp.example", verify=False)
Derived("https://api.corp.example", verify=False)
Site("https://api.corp.example", verify=False)
Mirror().pull("https://dl.corp.example/a.zip", verify=False)
