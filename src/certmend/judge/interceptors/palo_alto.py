"""Palo Alto Networks, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

PALO_ALTO = Interceptor(
    name="Palo Alto Networks",
    certain=False,
    common_name=re.compile(r"(?i)palo alto|^PA-\d+"),
)
