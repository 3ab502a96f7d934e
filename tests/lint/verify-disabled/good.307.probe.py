import socket

from OpenSSL import SSL, crypto


def names(host):
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_verify(SSL.VERIFY_NONE, lambda *given: True)
    connection = SSL.Connection(context, socket.create_connection((host, 443)))
    connection.set_connect_state()
    connection.do_handshake()
    return crypto.dump_certificate(crypto.FILETYPE_PEM, connection.get_peer_certificate())


def serve(key):
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.use_privatekey_file(key)
    context.set_verify(SSL.VERIFY_NONE)
    return context
