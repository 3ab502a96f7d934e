import asyncio
import ssl

from aiohttp import web


def make_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.load_cert_chain(cert, key)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Service:
    def _context(self):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS)
        made.verify_mode = ssl.CERT_NONE
        made.load_cert_chain("a.pem", "a.key")
        return made

    async def start(self, loop):
        await asyncio.start_server(self.handle, "", 443, ssl=self._context())
        await loop.create_server(self.handle, "", 444, ssl=self._context() if self.tls else None)


def main(app, runner):
    own = make_context("a.pem", "a.key")
    web.run_app(app, ssl_context=own)
    web.TCPSite(runner, "", 8443, ssl_context=make_context("a.pem", "a.key"))
