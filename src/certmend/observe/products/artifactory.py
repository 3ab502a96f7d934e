"""JFrog Artifactory, self-hosted and in JFrog's cloud.

`X-Artifactory-Id` is set on every answer, refusals included; a custom context may leave
`/artifactory` out of the path, never `/api/pypi/`.
"""

import re

from certmend.model.plugin import Product

ARTIFACTORY = Product(
    name="JFrog Artifactory",
    hosts=(re.compile(r"\.jfrog\.io$"),),
    paths=(re.compile(r"/api/pypi/[^/]+(?:/|$)"),),
    headers=(
        ("x-jfrog-version", re.compile(r"Artifactory/")),
        ("x-artifactory-id", re.compile(r".")),
        ("x-artifactory-node-id", re.compile(r".")),
        ("www-authenticate", re.compile(r'Basic realm="Artifactory Realm"')),
    ),
    chain_cure="In the reverse proxy before Artifactory, let `ssl_certificate` name one file with "
    "the leaf and then the intermediates.",
)
