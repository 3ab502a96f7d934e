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

HOST, PORT = "localhost", 8443
SERVERS = {"own": "https://localhost:1", "other": "https://127.0.0.1:2"}
GATE = os.environ.get("GATE") or "https://localhost:8080"
ASKED = sys.argv[1] if len(sys.argv) > 1 else "https://localhost:8443"
BASE = "https://localhost:8443/"


@dataclass
class Settings:
    url: str = "https://localhost:9200"


settings = Settings()
Elasticsearch(settings.url, verify_certs=False)
requests.get(f"https://{HOST}:{PORT}/x", verify=False)
requests.get("https://%s:%d/x" % (HOST, PORT), verify=False)
requests.get(SERVERS["own"], verify=False)
requests.get(GATE, verify=False)
requests.get(ASKED, verify=False)
requests.get(urljoin(BASE, "x"), verify=False)
for server in SERVERS.values():
    requests.get(server, verify=False)
for name, url in SERVERS.items():
    requests.get(url, params=name, verify=False)
for each in ["https://localhost:1", "https://127.0.0.1:2"]:
    requests.get(each, verify=False)


@click.option("--address", default="https://localhost:8443")
def told(address):
    requests.get(address, verify=False)


def asked(address: str = typer.Option("https://localhost:8443")):
    requests.get(address, verify=False)


class Gate:
    def __init__(self, port):
        self.base = f"https://127.0.0.1:{port}"
        self.session = aiohttp.ClientSession(
            base_url=self.base, connector=aiohttp.TCPConnector(ssl=False)
        )

    @property
    def address(self):
        return f"https://127.0.0.1:{self.port}"

    def ask(self):
        return requests.get(f"{self.address}/x", verify=False)


SCHEME = "https"
requests.get(SCHEME + "://" + HOST, verify=False)
urllib3.HTTPSConnectionPool("localhost", 8443, cert_reqs="CERT_NONE")
http.client.HTTPSConnection("localhost", 8443, context=ssl._create_unverified_context())
unverified = ssl._create_unverified_context()
urlopen("https://localhost:8443/", context=unverified)
inside = httpx.AsyncClient(
    transport=httpx.ASGITransport(app=APP), base_url="https://index.corp.example", verify=False
)
