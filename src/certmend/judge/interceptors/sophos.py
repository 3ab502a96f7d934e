"""Sophos, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

SOPHOS = Interceptor(
    name="Sophos",
    organization=re.compile(r"^Sophos(?: Plc)?$"),
)

SOPHOS_UTM = Interceptor(
    name="Sophos",
    common_name=re.compile(r"^(?:Sophos_CA_|Sophos SSL CA_|sophosutm Proxy CA)"),
)
