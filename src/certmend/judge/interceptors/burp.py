"""Burp Suite, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

BURP = Interceptor(
    name="Burp Suite",
    organization=re.compile(r"^PortSwigger$"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
