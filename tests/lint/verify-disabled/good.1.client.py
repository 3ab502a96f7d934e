import socket
import ssl

import jwt
import requests

claims = jwt.decode("token", "key", verify=False)
claims = jwt.decode("token", options={"verify_signature": False})
requests.get("https://localhost:8443/health", verify=False)
requests.get("https://127.0.0.1:8443/health", verify=False)
BASE = "https://localhost:8443"
requests.get(f"{BASE}/health", verify=False)
requests.get(BASE + "/health", verify=False)
requests.get("https://pypi.corp.example", verify=True)
requests.get("https://pypi.corp.example", verify="/etc/ssl/certs/ca-certificates.crt")
server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
server.verify_mode = ssl.CERT_NONE
other = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
other.check_hostname = False
other.verify_mode = ssl.CERT_NONE
# requests.get("https://pypi.corp.example", verify=False)
"""requests.get("https://pypi.corp.example", verify=False)"""


def get(url, verify=False):
    return requests.get(url, verify=verify)


def save(model):
    model.save("x", verify=False)
