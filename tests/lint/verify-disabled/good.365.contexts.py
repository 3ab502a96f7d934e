import ssl
import urllib.request

make = ssl.create_default_context
urllib.request.urlopen("https://x.corp.lan", context=make())
here = urllib.request.ssl._create_unverified_context()
urllib.request.urlopen("https://localhost:8443", context=here)
ssl._create_default_https_context = getattr(ssl, "create_default_context")


class Client:
    def _create_unverified_context(self):
        raise NotImplementedError

    def ask(self):
        return self._create_unverified_context()
