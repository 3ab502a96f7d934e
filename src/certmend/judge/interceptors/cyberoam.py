"""Cyberoam, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

CYBEROAM = Interceptor(
    name="Cyberoam",
    organization=re.compile(r"^Cyberoam Certificate Authority"),
)
