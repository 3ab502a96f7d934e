"""Gitea, and Forgejo, which keeps Gitea's paths and the name of its cookie."""

import re

from certmend.model.plugin import Product

GITEA = Product(
    name="Gitea or Forgejo",
    paths=(re.compile(r"/api/packages/[^/]+/pypi(?:/|$)"),),
    headers=(
        ("set-cookie", re.compile(r"i_like_gitea=")),
        ("www-authenticate", re.compile(r'Basic realm="(?:Gitea|Forgejo) Package API"')),
    ),
    chain_cure="Let CERT_FILE in app.ini's [server] section, or the reverse proxy's "
    "`ssl_certificate`, name one file with the leaf and then the intermediates.",
)
