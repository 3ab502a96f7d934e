"""twine: TWINE_CERT; the two variables of requests beat it (measured on 4.0 to 7.0).

`.pypirc` names a bundle for one repository, and counts with `-r NAME` only.
"""

from certmend.remedy.by_variable import REQUESTS, Reader

TWINE = Reader(
    name="twine",
    variables=(*REQUESTS, "TWINE_CERT"),
    what="in .pypirc a bundle counts with `-r NAME` only",
    no_truststore="twine has no setting for the system's trust store",
    no_host="it has no setting for that",
).target
