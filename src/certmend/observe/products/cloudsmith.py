"""Cloudsmith, on its own hosts and on custom domains (which need a certificate of their own)."""

import re

from certmend.model.plugin import Product

CLOUDSMITH = Product(
    name="Cloudsmith",
    hosts=(re.compile(r"(?:^|\.)cloudsmith\.(?:io|com)$"),),
    paths=(re.compile(r"^/(?:basic|public)/[^/]+/[^/]+/python/(?:simple|index)(?:/|$)"),),
)
