"""Check Point, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

CHECK_POINT = Interceptor(
    name="Check Point",
    certain=False,
    organization=re.compile(r"(?i)check\s*point"),
)
