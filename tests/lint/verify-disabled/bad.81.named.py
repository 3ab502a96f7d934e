import aiohttp
from aioquic.quic.configuration import QuicConfiguration
from exchangelib.protocol import BaseProtocol, NoVerifyHTTPAdapter
from feeds import Scraper, retrying_session
from ssl import VerifyMode


def read(scraper, feed):
    Scraper(feed, tls_verify=False)
    return scraper.request(feed, ssl_verification=False)


async def ask(url, **kwargs):
    kwargs.setdefault("ssl", False)
    async with aiohttp.ClientSession() as session:
        return await session.get(url, **kwargs)


async def put(url):
    kwargs = {"timeout": 3}
    kwargs["ssl"] = False
    async with aiohttp.ClientSession() as session:
        return await session.put(url, **kwargs)


def tunnel():
    return QuicConfiguration(is_client=True, verify_mode=VerifyMode.CERT_NONE)


def poll(config):
    with retrying_session(config.retries) as session:
        session.verify = False
        return session.get(config.url)


BaseProtocol.HTTP_ADAPTER_CLS = NoVerifyHTTPAdapter


def scrape(made):
    scraper = made or Scraper()
    scraper.tls_verification = False
    return scraper.request(made.feed)


def database(uri, ssl):
    kwargs = {}
    kwargs["ssl_cert_reqs"] = ssl.CERT_NONE
    return pymongo.MongoClient(uri, **kwargs)


scraper = scrapelib.Scraper(verify=False)
