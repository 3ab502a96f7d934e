"""Superfish (malware), known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

SUPERFISH = Interceptor(
    name="Superfish (malware)",
    organization=re.compile(r"^Superfish"),
    note="This root is known to be abused: remove the program that installed it.",
)
