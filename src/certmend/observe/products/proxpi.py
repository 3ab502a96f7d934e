"""proxpi, a caching mirror: its index is at /index/, and it sends no header of its own."""

import re

from certmend.model.plugin import Product

PROXPI = Product(name="proxpi", paths=(re.compile(r"^/index/"),))
