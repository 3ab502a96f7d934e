"""Azure Artifacts, under its present and its older host names.

Its certificates are public: a TLS failure here is nearly always a proxy's.
"""

import re

from certmend.model.plugin import Product

AZURE = Product(
    name="Azure Artifacts",
    hosts=(re.compile(r"^pkgs\.dev\.azure\.com$"), re.compile(r"\.pkgs\.visualstudio\.com$")),
    paths=(re.compile(r"/_packaging/[^/]+/pypi/"),),
    headers=(
        ("x-tfs-processid", re.compile(r".")),
        ("x-tfs-session", re.compile(r".")),
        ("x-vss-e2eid", re.compile(r".")),
    ),
)
