"""Avast, AVG or Norton, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

AVAST = Interceptor(
    name="Avast, AVG or Norton",
    common_name=re.compile(r"(?i)(?:Avast|AVG|Norton)!? Web/Mail Shield"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
