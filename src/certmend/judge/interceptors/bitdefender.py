"""Bitdefender, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

BITDEFENDER = Interceptor(
    name="Bitdefender",
    organization=re.compile(r"^Bitdefender$"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
