from requests.adapters import HTTPAdapter


class Bundle(HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        verify = "/etc/ssl/certs/ca-certificates.crt"
        return super().cert_verify(conn, url, verify, cert)


class Sending(HTTPAdapter):
    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        return super().send(request, stream, timeout, verify, cert, proxies)


class Asked(HTTPAdapter):
    def cert_verify(self, conn, url, verify, cert):
        if url.startswith("https://localhost"):
            verify = False
        return super().cert_verify(conn, url, verify, cert)


class Mail:
    def send(self, message, sender, copies, verify, tries):
        return super().send(message, sender, copies, verify, tries)
