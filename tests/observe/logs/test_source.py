"""The way back from squeezed text to lines and places."""

import re

from certmend.observe.logs.lines import lines
from certmend.observe.logs.source import Source

_HOST = re.compile(r"to(?P<host>[a-z.]+)")


def place(text, pattern=_HOST):
    source = Source(lines(text.encode(), 1))
    match = pattern.search(source.squeezed.text)
    return source.place(match)


def test_the_end_of_a_short_line_ends_a_place():
    assert place("connected to a.example\nwhile idle") == "a.example"


def test_the_end_of_a_full_line_does_not():
    assert place("." * 60 + " connected to a.exam\nple") == "a.example"


def test_a_quoted_place_goes_on_to_its_quote():
    assert place("to a.exa\nmple'", re.compile(r"to(?P<host>[a-z.]+)(?=')")) == "a.example"


def test_a_url_keeps_its_path_and_loses_its_full_stop():
    url = re.compile(r"(?P<url>https://(?P<host>[a-z.]+?))(?=/)")
    assert place("see https://a.example/Simple/x.\n", url) == "https://a.example/Simple/x"


def test_no_host_is_no_place():
    assert place("to nobody", re.compile(r"to(?P<host>x)?")) == ""


def test_only_a_list_of_several_is_a_list():
    source = Source(lines(b"Looking in indexes: https://a.example, https://b.example\n", 1))
    assert source.listed(25)
    assert not Source(lines(b"Looking in indexes: https://a.example\n", 1)).listed(25)
    assert not Source([]).listed(0)
