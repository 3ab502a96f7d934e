"""GitLab's package registry: a project's index, or a group's.

The realm is that of `lib/api/helpers/packages/basic_auth_helpers.rb`.
"""

import re

from certmend.model.plugin import Product

GITLAB = Product(
    name="GitLab",
    hosts=(re.compile(r"^gitlab\.com$"),),
    paths=(re.compile(r"/api/v4/(?:projects|groups)/.+/packages/pypi(?:/|$)"),),
    headers=(
        ("x-gitlab-meta", re.compile(r".")),
        ("www-authenticate", re.compile(r'Basic realm="GitLab Packages Registry"')),
    ),
    chain_cure="Write the leaf and then the intermediates into /etc/gitlab/ssl/HOST.crt, and run "
    "`gitlab-ctl reconfigure` (Linux package installations).",
)
