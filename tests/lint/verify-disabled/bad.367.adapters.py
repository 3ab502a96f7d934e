import requests
from requests.adapters import HTTPAdapter


class ByPlace(HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        super(ByPlace, self).cert_verify(conn, url, False, cert)


class ByName(HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        verify = False
        return super().cert_verify(conn, url, verify, cert)


class Nothing(HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        """The appliance has a certificate of its own."""


class Sending(HTTPAdapter):
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        return super().send(request, stream, timeout, False, cert, proxies)


class Given(HTTPAdapter):
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        verify = False
        return super().send(request, stream, timeout, verify, cert, proxies)


class Session(requests.Session):
    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        return {"verify": False, "proxies": proxies, "stream": stream, "cert": cert}


HTTPAdapter.cert_verify = lambda self, conn, url, verify, cert: None
