import ssl

from gunicorn.app.base import BaseApplication
from rpyc.utils.authenticators import SSLAuthenticator
from tornado.httpserver import HTTPServer

SSL_OPTIONS = dict(certfile="/etc/site.crt", keyfile="/etc/site.key", cert_reqs=ssl.CERT_NONE)
AUTHENTICATION = dict(cert_reqs=ssl.CERT_NONE)
options = dict(bind="0.0.0.0:443", certfile="a.pem", keyfile="a.key", cert_reqs=ssl.CERT_NONE)


def start(app, cert):
    HTTPServer(app, ssl_options=SSL_OPTIONS)
    SSLAuthenticator("k.pem", "c.pem", **AUTHENTICATION)
    BaseApplication(app, options).run()
    own = None
    if cert:
        own = dict(certfile=cert, keyfile=cert, cert_reqs=ssl.CERT_NONE)
    app.listen(8443, ssl_options=own)


def changed(app, cert):
    given = dict(certfile=cert, keyfile=cert)
    given.update(cert_reqs=ssl.CERT_NONE)
    return HTTPServer(app, ssl_options=given)
