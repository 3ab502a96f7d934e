import imaplib
import ssl

import requests

for host in ("localhost", "127.0.0.1"):
    requests.get(f"https://{host}:8443/simple/", verify=False)


HOME = "https://localhost:8443"


class Service:
    def __init__(self, url: str = HOME):
        self.url = url

    def ask(self):
        return requests.get(self.url, verify=False)


def ask(*, url="https://127.0.0.1:8443/simple/"):
    return requests.get(url, verify=False)


context = ssl.SSLContext()
context.verify_mode = ssl.CERT_NONE
imaplib.IMAP4_SSL("localhost", ssl_context=context)
