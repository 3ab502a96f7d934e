"""Hatch: HATCH_INDEX_CA_CERT for `hatch publish` (measured on 1.9.7 and 1.18.2).

Its environments are installed by pip or uv, which read their own settings and are fixed by name.
"""

from certmend.remedy.by_variable import Reader

HATCH = Reader(
    name="hatch",
    variables=("HATCH_INDEX_CA_CERT",),
    no_truststore="hatch has no setting for the system's trust store",
    no_host="it has no setting for that",
).target
