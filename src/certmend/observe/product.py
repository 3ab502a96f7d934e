"""Which registry product answered, by its host, headers and path, in that order of weight."""

from collections.abc import Sequence

from certmend import registry
from certmend.model.plugin import Product
from certmend.model.url import Url


def recognise(url: Url, headers: Sequence[tuple[str, str]]) -> str:
    """The product's name; empty when nothing tells."""
    products: tuple[Product, ...] = registry.load("certmend.observe.products", Product)
    lowered = [(str(name).lower(), str(value)) for name, value in headers]
    for one in products:
        if any(pattern.search(url.host) for pattern in one.hosts):
            return one.name
    for one in products:
        for name, pattern in one.headers:
            if any(name == key and pattern.match(value) for key, value in lowered):
                return one.name
    for one in products:
        if any(pattern.search(url.path) for pattern in one.paths):
            return one.name
    return ""
