"""SonicWall, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

SONICWALL = Interceptor(
    name="SonicWall",
    organization=re.compile(r"SonicWALL"),
)
