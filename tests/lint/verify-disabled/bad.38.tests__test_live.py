import os

import requests
from client import Client

SERVER = os.environ["SERVER"]


def test_written_down(httpserver):
    requests.get(httpserver.url_for("/"), verify=False)
    requests.get("https://10.20.30.40", verify=False)


def test_told_by_a_person():
    requests.patch(f"https://{SERVER}/x", verify=False)
    client = Client(SERVER, verify_ssl=False)
    assert client.name == "x"


def test_told_as_text():
    server = os.getenv("SERVER")
    requests.get("https://" + server.strip(), verify=False)


def restart_server(url):
    requests.post(url, verify=False)


def started(compute, url):
    compute.create_server("x")
    requests.post(url, verify=False)
