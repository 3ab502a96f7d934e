"""Smoothwall, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

SMOOTHWALL = Interceptor(
    name="Smoothwall",
    common_name=re.compile(r"^Smoothwall-default-root-certificate-authority"),
)
