from collections import namedtuple
from dataclasses import dataclass, field
from types import SimpleNamespace

import requests

Target = namedtuple("Target", "name url verify")
TARGETS = [
    Target("a", "https://a.corp.net", True),
    Target("b", "https://b.corp.net", False),
    Target("c", "https://localhost:8443", False),
]


@dataclass
class Cfg:
    url: str
    verify_tls: bool = True
    headers: dict = field(default_factory=dict)


class Client:
    def __init__(self, cfg: Cfg):
        self.cfg = cfg
        self.s = requests.Session()
        self.s.verify = cfg.verify_tls

    def get(self, path):
        return requests.get(self.cfg.url + path, verify=self.cfg.verify_tls)


prod = Client(Cfg("https://api.corp.net"))
lab = Client(Cfg("https://lab.corp.net", verify_tls=False))
other = Client(Cfg("https://other.corp.net", False))
here = Client(Cfg("https://localhost:8443", False))
for t in TARGETS:
    requests.get(t.url, verify=t.verify)
held = SimpleNamespace(url="https://erp.corp.net", verify=False)
requests.get(held.url, verify=held.verify)
