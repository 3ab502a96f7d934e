"""Kaspersky, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

KASPERSKY = Interceptor(
    name="Kaspersky",
    common_name=re.compile(r"^Kaspersky Anti-Virus Personal Root"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
