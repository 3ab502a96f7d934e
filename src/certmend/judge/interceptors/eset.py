"""ESET, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

ESET = Interceptor(
    name="ESET",
    common_name=re.compile(r"^ESET SSL Filter CA"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
