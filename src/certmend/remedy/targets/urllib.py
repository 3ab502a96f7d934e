"""urllib: SSL_CERT_FILE, in the place of the system's bundle (measured on 2.7.18 to 3.13)."""

from certmend.remedy.by_variable import Reader

URLLIB = Reader(
    name="urllib",
    variables=("SSL_CERT_FILE",),
    no_truststore="urllib reads the files that OpenSSL names, and no other store",
    no_host="it has no setting for that, only a context in a program",
    system=True,
).target
