"""Expressions that are compiled when they are first used."""

import importlib
import pkgutil
import re

import pytest

import certmend
from certmend.model import lazy

MODULES = [
    name
    for _, name, _ in pkgutil.walk_packages(certmend.__path__, "certmend.")
    if not name.startswith(("certmend.observe.inside", "certmend.conda_plugin"))
    and not name.endswith("__main__")
]


def test_it_does_what_a_compiled_one_does():
    words = lazy.regex(r"(?P<number>\d+)", re.ASCII)
    assert words.fullmatch("17")["number"] == "17"
    assert words.sub("x", "a1b22") == "axbx"
    assert words.findall("1 22") == ["1", "22"]
    assert words.flags & re.ASCII
    assert lazy.regex(rb"b+").search(b"abba").span() == (1, 3)


def test_a_mistake_comes_to_light_at_the_first_use():
    broken = lazy.regex("(")
    with pytest.raises(re.error):
        broken.search("")


@pytest.mark.parametrize("name", MODULES)
def test_every_expression_compiles(name):
    for value in vars(importlib.import_module(name)).values():
        if isinstance(value, lazy._Regex):
            assert value.pattern
