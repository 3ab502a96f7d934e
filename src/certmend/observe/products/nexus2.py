"""Sonatype Nexus 2, which was made before Nexus held Python packages."""

import re

from certmend.model.plugin import Product

NEXUS_2 = Product(
    name="Sonatype Nexus 2",
    headers=(("server", re.compile(r"Nexus/2\.")),),
)
