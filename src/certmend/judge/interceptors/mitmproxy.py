"""mitmproxy, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

MITMPROXY = Interceptor(
    name="mitmproxy",
    organization=re.compile(r"^mitmproxy$"),
    note="Its root is this machine's own (~/.mitmproxy/mitmproxy-ca-cert.pem); the file "
    "mitmproxy-ca.pem beside it holds the private key: never copy that one.",
)
