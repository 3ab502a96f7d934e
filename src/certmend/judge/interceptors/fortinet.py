"""Fortinet FortiGate, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

FORTINET = Interceptor(
    name="Fortinet FortiGate",
    organization=re.compile(r"^Fortinet(?: Ltd\.)?$"),
)

FORTINET_GATE = Interceptor(
    name="Fortinet FortiGate",
    common_name=re.compile(r"^FortiGate CA"),
)
