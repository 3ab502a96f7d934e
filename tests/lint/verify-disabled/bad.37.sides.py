import socket
import ssl

import requests


def made(serves):
    if serves:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("server.pem")
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def asked(scheme, host, port):
    session = requests.Session()
    session.verify = False
    session.get(f"{scheme}://localhost:{port}/")
    session.get(f"{scheme}://pkgs.corp.example:{port}/")
    unchecked = ssl.create_default_context()
    unchecked.check_hostname = False
    unchecked.verify_mode = ssl.CERT_NONE
    with socket.create_connection((host, port)) as plain:
        with unchecked.wrap_socket(plain) as wrapped:
            wrapped.sendall(b"GET / HTTP/1.0\r\n\r\n")
