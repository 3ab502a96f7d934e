import ssl

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from gunicorn.app.base import BaseApplication
from rpyc.utils.authenticators import SSLAuthenticator
from thrift.transport import TSSLSocket
from tornado.httpserver import HTTPServer

OWN = {"certfile": "c.pem", "keyfile": "k.pem", "cert_reqs": ssl.CERT_NONE}


def serve(app, secure):
    HTTPServer(app, ssl_options=OWN).listen(8443)
    options = {"certfile": "c.pem", "keyfile": "k.pem", "cert_reqs": ssl.CERT_NONE}
    server = HTTPServer(app, ssl_options=options)
    given = None
    if secure:
        given = {"certfile": "c.pem", "keyfile": "k.pem"}
        given["cert_reqs"] = ssl.CERT_NONE
    return server, HTTPServer(app, ssl_options=given)


class Application(BaseApplication):
    options = {"bind": "0.0.0.0:443", "certfile": "c.pem", "cert_reqs": ssl.CERT_NONE}


def others():
    TSSLSocket.TSSLServerSocket(port=9090, certfile="c.pem", cert_reqs=ssl.CERT_NONE)
    server = wsgi.Server(("0.0.0.0", 443), None)
    server.ssl_adapter = BuiltinSSLAdapter("c.pem", "k.pem")
    server.ssl_adapter.context.verify_mode = ssl.CERT_NONE
    context = ssl._create_unverified_context(ssl.PROTOCOL_TLS_SERVER)
    return SSLAuthenticator("k.pem", "c.pem", cert_reqs=ssl.CERT_NONE), context
