"""Symantec (Blue Coat), known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

BLUECOAT = Interceptor(
    name="Symantec (Blue Coat)",
    organization=re.compile(r"^Blue Coat"),
)
