"""AWS CodeArtifact. It answers 404, not 401, to a token that has expired (astral-sh/uv#11899)."""

import re

from certmend.model.plugin import Product

CODEARTIFACT = Product(
    name="AWS CodeArtifact",
    hosts=(re.compile(r"\.d\.codeartifact\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$"),),
)
