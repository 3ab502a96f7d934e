"""requests: REQUESTS_CA_BUNDLE, in the place of certifi (measured on 2.25 to 2.34)."""

from certmend.remedy.by_variable import Reader

REQUESTS = Reader(
    name="requests",
    variables=("REQUESTS_CA_BUNDLE",),
    no_truststore="requests has no setting for the system's trust store: a program that uses it "
    "calls `truststore.inject_into_ssl()`",
    no_host="it has no setting for that, only `verify=False` in a program",
).target
