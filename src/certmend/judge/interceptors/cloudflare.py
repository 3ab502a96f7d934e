"""Cloudflare Gateway, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

CLOUDFLARE = Interceptor(
    name="Cloudflare Gateway",
    common_name=re.compile(r"^Gateway CA - Cloudflare Managed G\d"),
)
