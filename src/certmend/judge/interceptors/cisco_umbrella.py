"""Cisco Umbrella, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

CISCO_UMBRELLA = Interceptor(
    name="Cisco Umbrella",
    common_name=re.compile(r"^Cisco Umbrella "),
)
