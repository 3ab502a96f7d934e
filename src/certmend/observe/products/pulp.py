"""Pulp's Python plug-in: `/pypi/DISTRIBUTION/simple/`, after a domain's name where there are some.

The cache header is pulpcore's (`pulpcore/cache/cache.py`); it is there when the cache is on.
"""

import re

from certmend.model.plugin import Product

PULP = Product(
    name="Pulp",
    paths=(re.compile(r"^/pypi/[^/]+/(?:[^/]+/)?simple(?:/|$)"),),
    headers=(("x-pulp-cache", re.compile(r".")),),
)
