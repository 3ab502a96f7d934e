"""Zscaler, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

ZSCALER = Interceptor(
    name="Zscaler",
    organization=re.compile(r"^Zscaler Inc\.?$"),
)
