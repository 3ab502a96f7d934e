"""Charles Proxy, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

CHARLES = Interceptor(
    name="Charles Proxy",
    organizational_unit=re.compile(r"charlesproxy\.com/ssl"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
