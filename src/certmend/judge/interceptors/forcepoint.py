"""Forcepoint, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

FORCEPOINT = Interceptor(
    name="Forcepoint",
    common_name=re.compile(r"^Forcepoint Cloud CA"),
)

WEBSENSE = Interceptor(
    name="Forcepoint (Websense)",
    certain=False,
    organization=re.compile(r"Websense"),
)
