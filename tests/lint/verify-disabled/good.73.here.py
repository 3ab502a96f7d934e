import os
import sys
from dataclasses import dataclass
from urllib.parse import urljoin

import click
import requests
import typer
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
