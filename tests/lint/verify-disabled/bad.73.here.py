import http.client
import os
import ssl
import sys
from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.request import urlopen

import aiohttp
import click
import httpx
import requests
import typer
import urllib3
from elasticsearch import Elasticsearch

HOST, PORT = "index.corp.example", 8443
SERVERS = {"own": "https://localhost:1", "other": "https://index.corp.example:2"}
GATE = os.environ.get("GATE") or "https://index.corp.example:8080"
ASKED = sys.argv[1] if len(sys.argv) > 1 else "https://index.corp.example:8443"
BASE = "https://index.corp.example:8443/"


@dataclass
class Settings:
    url: str = "https://index.corp.example:9200"


settings = Settings()
Elasticsearch(settings.url, verify_certs=False)
requests.get(f"https://{HOST}:{PORT}/x", verify=False)
requests.get("https://%s:%d/x" % (HOST, PORT), verify=False)
requests.get(SERVERS["other"], verify=False)
requests.get(GATE, verify=False)
requests.get(ASKED, verify=False)
requests.get(urljoin(BASE, "x"), verify=False)
for server in SERVERS.values():
    requests.get(server, verify=False)
for name, url in SERVERS.items():
    requests.get(url, params=name, verify=False)
for each in ["https://localhost:1", OTHER]:
    requests.get(each, verify=False)


@click.option("--address")
def told(address):
    requests.get(address, verify=False)


def asked(address: str = typer.Option(..., help="https://localhost:8443")):
    requests.get(address, verify=False)


class Gate:
    def __init__(self, host):
        self.base = f"https://{host}"
        self.session = aiohttp.ClientSession(
            base_url=self.base, connector=aiohttp.TCPConnector(ssl=False)
        )

    @property
    def address(self):
        return f"https://{self.host}"

    def ask(self):
        return requests.get(f"{self.address}/x", verify=False)


SCHEME = "https"
requests.get(SCHEME + "://" + HOST, verify=False)
urllib3.HTTPSConnectionPool("index.corp.example", 8443, cert_reqs="CERT_NONE")
http.client.HTTPSConnection("index.corp.example", context=ssl._create_unverified_context())
unverified = ssl._create_unverified_context()
urlopen("https://index.corp.example/", context=unverified)
outside = httpx.AsyncClient(
    transport=httpx.AsyncHTTPTransport(retries=2), base_url="https://index.corp.example", verify=False
)
