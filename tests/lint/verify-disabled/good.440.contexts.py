import asyncio
import ssl
from http.server import HTTPServer

import urllib3
from aiohttp import web

served = ssl.SSLContext(ssl.PROTOCOL_TLS)
served.load_cert_chain("server.pem")
web.run_app(web.Application(), ssl_context=served)
asyncio.run(asyncio.start_server(print, ssl=served))
server = HTTPServer(("", 8443), None)
server.socket = served.wrap_socket(server.socket, server_side=True)

required = ssl.SSLContext()
required.verify_mode = ssl.CERT_REQUIRED
required.load_default_certs()


async def pages(session, url):
    await session.get(url, ssl=required)
    await session.get(url, ssl=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    await session.get("https://localhost:8443/", ssl=ssl.SSLContext())


pinned = ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)
manager = urllib3.PoolManager(ssl_context=pinned, cert_reqs="CERT_REQUIRED")
cache = dict(context=ssl.SSLContext())
