import socket
import ssl


class Connection:
    def start(self, host):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.stream = context.wrap_socket(socket.create_connection((host, 636)))
        self.bound = self.stream.getpeercert(True)

    def bind(self, request):
        self.stream.sendall(request)
