import aiohttp
from aiohttp import TCPConnector
from gql.transport.aiohttp import AIOHTTPTransport

REQUEST = {"timeout": 3, "ssl": False}


async def ask(session, url, **kwargs):
    kwargs["ssl"] = False
    await session.ws_connect(url, ssl=False)
    await session.request("GET", url, **kwargs)
    await session.post(url, **REQUEST)
    AIOHTTPTransport(url=url, ssl=False)
    return aiohttp.ClientSession(connector=TCPConnector(ssl=False))


async def load(session, url, ssl=True):
    return await session.get(url, ssl=ssl)


async def main(session):
    await load(session, "https://api.corp.lan", ssl=False)
