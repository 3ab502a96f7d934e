import argparse
import socket
import ssl

import websockets
from pip._vendor import requests


def unchecked():
    made = ssl.create_default_context()
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


async def both():
    async with websockets.connect("wss://localhost:8443", ssl=unchecked()) as stream:
        await stream.send("x")
    context = unchecked()
    async with websockets.connect("wss://feed.corp.example", ssl=context) as stream:
        await stream.send("x")


def asked():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="feed.corp.example")
    args = parser.parse_args()
    context = ssl.create_default_context()
    context.check_hostname = False
    stream = context.wrap_socket(socket.socket())
    stream.connect((args.host, 9011))
    requests.get(f"https://{args.host}/", verify=False)


def other():
    named = ssl.create_default_context()
    named.check_hostname = False
    return named


def wrapped(open_stream, url):
    here = other()
    open_stream("wss://localhost:8443", ssl=here)
    open_stream(url, ssl=other())
