"""httpx: SSL_CERT_FILE, in the place of certifi (measured on 0.23 to 0.28)."""

from certmend.remedy.by_variable import Reader

HTTPX = Reader(
    name="httpx",
    variables=("SSL_CERT_FILE",),
    no_truststore="httpx has no setting for the system's trust store: a program that uses it "
    "passes `verify=truststore.SSLContext(...)`",
    no_host="it has no setting for that, only `verify=False` in a program",
    system=True,
).target
