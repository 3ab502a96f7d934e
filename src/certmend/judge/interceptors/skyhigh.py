"""Skyhigh (McAfee) Web Gateway, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

SKYHIGH = Interceptor(
    name="Skyhigh (McAfee) Web Gateway",
    common_name=re.compile(r"^McAfee Web Gateway"),
)
