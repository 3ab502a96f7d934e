import asyncio
import ssl
from urllib.request import urlopen

import aiohttp
from aiohttp import web


def both():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.load_cert_chain("a.pem", "a.key")
    context.verify_mode = ssl.CERT_NONE
    return context


def asked():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


async def main(app, url):
    await asyncio.start_server(app, "", 443, ssl=both())
    aiohttp.TCPConnector(ssl=both())
    urlopen(url, context=asked())
