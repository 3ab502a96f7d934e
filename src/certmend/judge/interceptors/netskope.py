"""Netskope, known by the issuer of the certificates that it makes."""

import re

from certmend.model.plugin import Interceptor

NETSKOPE = Interceptor(
    name="Netskope",
    email=re.compile(r"^certadmin@netskope\.com$"),
    note="Its root and its tenant's intermediate lie in the client's folder (nscacert.pem, "
    "nstenantcert.pem): carry both.",
)

NETSKOPE_TENANT = Interceptor(
    name="Netskope",
    common_name=re.compile(r"\.goskope\.com$"),
    note="Its root and its tenant's intermediate lie in the client's folder (nscacert.pem, "
    "nstenantcert.pem): carry both.",
)
