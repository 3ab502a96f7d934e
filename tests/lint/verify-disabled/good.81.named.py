import aiohttp
from aioquic.quic.configuration import QuicConfiguration
from exchangelib.protocol import BaseProtocol, NoProxyAdapter
from feeds import Scraper
from ssl import VerifyMode


def read(scraper, feed):
    Scraper(feed, tls_verify=True)
    return scraper.request(feed, ssl_verification=feed.verified)


async def ask(url, shown):
    shown.setdefault("ssl", False)
    report = {"ssl": False}
    print(report, shown)


def serve():
    return QuicConfiguration(is_client=False, verify_mode=VerifyMode.CERT_NONE)


BaseProtocol.HTTP_ADAPTER_CLS = NoProxyAdapter


def shown(item):
    item.check_cert = False
    print(item)
