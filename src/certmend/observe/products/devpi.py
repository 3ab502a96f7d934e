"""devpi. Its headers are on every answer, refusals included (`devpi_server/views.py`)."""

import re

from certmend.model.plugin import Product

DEVPI = Product(
    name="devpi",
    paths=(re.compile(r"/\+simple(?:/|$)"),),
    headers=(
        ("x-devpi-api-version", re.compile(r".")),
        ("x-devpi-server-version", re.compile(r".")),
        ("x-devpi-serial", re.compile(r".")),
    ),
    chain_cure="In the nginx file that `devpi-gen-config` wrote, let `ssl_certificate` name one "
    "file with the leaf and then the intermediates.",
)
