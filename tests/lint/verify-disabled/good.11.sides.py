import socket
import ssl

import requests


def made(serves):
    if not serves:
        context = ssl.create_default_context()
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def asked(scheme, port):
    base = f"{scheme}://localhost:{port}"
    session = requests.Session()
    session.verify = False
    session.get(base, timeout=5)
    session.request("GET", f"{base}/health")
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("localhost", port)) as plain:
        with unchecked.wrap_socket(plain) as wrapped:
            wrapped.sendall(b"GET / HTTP/1.0\r\n\r\n")
