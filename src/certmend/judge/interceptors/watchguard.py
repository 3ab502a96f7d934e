"""WatchGuard, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

WATCHGUARD = Interceptor(
    name="WatchGuard",
    certain=False,
    common_name=re.compile(r"Fireware HTTPS Proxy"),
)
