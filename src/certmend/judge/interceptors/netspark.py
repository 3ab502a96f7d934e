"""NetSpark, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

NETSPARK = Interceptor(
    name="NetSpark",
    common_name=re.compile(r"^www\.netspark\.com$"),
    organization=re.compile(r"^NetSpark$"),
)
