"""Inedo ProGet, whose paths look like Pulp's: its header tells them apart."""

import re

from certmend.model.plugin import Product

PROGET = Product(
    name="ProGet",
    headers=(("x-proget-version", re.compile(r".")),),
)
