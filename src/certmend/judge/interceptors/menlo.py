"""Menlo Security, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

MENLO = Interceptor(
    name="Menlo Security",
    organization=re.compile(r"^Menlo Security"),
)
