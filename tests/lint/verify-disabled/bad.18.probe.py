"""Looks at the certificate, and sends a request over the same context."""

import ssl
import urllib.request

context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
with urllib.request.urlopen("https://pypi.corp.example/", context=context) as answer:
    print(answer.fp.raw._sock.getpeercert(True))
