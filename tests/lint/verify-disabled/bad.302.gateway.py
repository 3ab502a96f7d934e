import requests
from aiohttp_proxy import ProxyConnector
import ssl


class First:
    def __init__(self, host):
        self.verify = False
        self.session = requests.Session()
        self.host = "https://" + host

    def devices(self):
        return self.session.get(self.host + "/api/devices", verify=self.verify)

    def login(self):
        return self.session.post(self.host + "/api/login", verify=self.verify)


class Second(First):
    def __init__(self, host):
        self.session = requests.Session()
        self.verify = False
        self.host = "https://" + host

    def devices(self):
        return self.session.get(self.host + "/cgi/devices", verify=self.verify)

    def connector(self):
        return ProxyConnector.from_url(self.proxy, verify_ssl=False, rdns=True)


def local_context():
    context = ssl.create_default_context()
    context.load_verify_locations(cafile="own.pem")
    context.check_hostname = False
    return context


def insecure_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
