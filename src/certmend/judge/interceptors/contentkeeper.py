"""ContentKeeper, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

CONTENTKEEPER = Interceptor(
    name="ContentKeeper",
    organization=re.compile(r"^ContentKeeper Technologies"),
)
