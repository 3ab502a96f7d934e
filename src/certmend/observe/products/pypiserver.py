"""pypiserver. Only a refusal bears its mark: the realm `pypi` (`pypiserver/_app.py`).

devpi uses the same realm, and has headers of its own, by which it is known before this one.
"""

import re

from certmend.model.plugin import Product

PYPISERVER = Product(
    name="pypiserver",
    headers=(("www-authenticate", re.compile(r'Basic realm="pypi"')),),
)
