import ssl
from urllib.request import urlopen

import aiohttp
import asyncpg
import httpx


async def page(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url, ssl=ssl.SSLContext()) as response:
        return await response.text()


async def pool(database: str) -> asyncpg.Pool:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    return await asyncpg.create_pool(database, ssl=context)


old = ssl.SSLContext(ssl.PROTOCOL_SSLv23)
old.load_cert_chain("client.pem")
client = httpx.Client(verify=old)

unverified = ssl._create_unverified_context
urlopen("https://pypi.corp.example.org/simple/", context=unverified())
