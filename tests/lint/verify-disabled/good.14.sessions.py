import socket
import ssl

import httpx
import requests


def is_up(host="localhost", port=8443):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection((host, port), timeout=2) as plain:
        with context.wrap_socket(plain, server_hostname=host):
            return True


class Measure:
    ADDRESS = "https://localhost:8443"

    def client(self):
        return httpx.Client(http2=True, verify=False)

    def root(self):
        client = self.client()
        assert client.get(f"{self.ADDRESS}/").status_code == 200

    def delayed(self):
        with httpx.Client(verify=False) as other:
            return other.get(f"{self.ADDRESS}/delay")


def told():
    session = requests.Session()
    session.get("https://localhost:8443/", verify=False)
