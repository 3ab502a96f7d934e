"""Google Artifact Registry. Its certificates are public; its access tokens live an hour."""

import re

from certmend.model.plugin import Product

GOOGLE = Product(
    name="Google Artifact Registry",
    hosts=(re.compile(r"-python\.pkg\.dev$"),),
)
