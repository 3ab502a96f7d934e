"""Fiddler, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

FIDDLER = Interceptor(
    name="Fiddler",
    common_name=re.compile(r"^DO_NOT_TRUST_FiddlerRoot"),
    note="Its root is this machine's own: never put it into a shared bundle or image.",
)
