"""Trend Micro IWSS, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

TREND_MICRO = Interceptor(
    name="Trend Micro IWSS",
    common_name=re.compile(r"^IWSS\.TREND$"),
)
