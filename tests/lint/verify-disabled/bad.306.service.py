import os

import requests
from opensearchpy import OpenSearch
from OpenSSL import SSL


class Connector:
    def __init__(self):
        self.host = os.getenv("SIEM_HOST", "localhost")
        self.base_url = f"https://{self.host}:55000"
        self.session = requests.Session()

    def login(self):
        return self.session.post(f"{self.base_url}/authenticate", verify=False)


def searched():
    host = os.getenv("SEARCH_HOST", default="localhost")
    OpenSearch(hosts=[{"host": host, "port": 9200}], use_ssl=True, verify_certs=False)
    requests.get(os.environ.get("SEARCH_URL", "https://127.0.0.1:9200") + "/x", verify=False)


_original = requests.Session


class Patched(_original):
    def __init__(self, *args):
        super().__init__(*args)
        self.verify = False


requests.Session = Patched


def asked(device, request):
    context = SSL.Context(SSL.DTLS_METHOD)
    context.set_verify(SSL.VERIFY_NONE, lambda *given: True)
    connection = SSL.Connection(context, None)
    connection.connect((device, 5684))
    connection.send(request)
    return connection.recv(1500)
