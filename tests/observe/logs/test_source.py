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


def sentence(text, word, also=()):
    source = Source(lines(text.encode(), 1))
    found = source.squeezed.text
    return source.sentence(found.index(word), [found.index(one) for one in also])


def test_a_message_cut_by_a_terminal_is_whole_again():
    whole = (
        "WARNING: Retrying after connection broken by 'SSLError(1, certificate verify "
        "failed: unable to get local issuer certificate (_ssl.c:1000)': /simple/ink/"
    )
    cut = f"Collecting ink\n{whole[:80]}\n{whole[80:]}\nERROR: No\n"
    text, at = sentence(cut, "unableto")
    assert text == whole
    assert text[at:].startswith("unable to get")


def test_a_blank_at_the_beginning_of_the_next_line_is_kept():
    assert sentence(f"{'x' * 80}\n it failed\n", "itfailed")[0] == f"{'x' * 80} it failed"


def test_words_wrapped_by_a_person_keep_their_blank():
    line = "a message that somebody wrote about their index, which is rather far away, and"
    assert sentence(f"{line}\nso it is\n", "soitis")[0] == f"{line} so it is"


def test_a_line_above_with_words_of_the_message_belongs_to_it():
    text = "error: <urlopen error certificate\nverify failed: it has expired\n"
    assert sentence(text, "hasexpired")[0] == "verify failed: it has expired"
    assert sentence(text, "hasexpired", ["certificate"])[0].startswith("error: <urlopen")


def test_lines_that_end_are_not_joined():
    full = "x" * 80
    assert sentence(f"{full}\nNext failed\n", "failed")[0] == "Next failed"
    assert sentence(f"{full}\n\nit failed\n", "failed")[0] == "it failed"
    assert sentence("short\nit failed\n", "failed")[0] == "it failed"


def test_a_url_at_the_end_of_a_full_line_goes_on():
    begun = "x" * 60 + " https://bob:se"
    assert sentence(f"{begun}\nCret@mill.example/ failed\n", "failed")[0].startswith(
        f"{begun}Cret@mill.example/"
    )


def test_links_are_told_from_urls():
    source = Source(lines(b"[page](https://a.example/) https://b.example/", 1))
    text = source.squeezed.text
    assert source.linked(text.index("https://a"))
    assert not source.linked(text.index("https://b"))


def test_a_url_goes_on_in_the_next_line_of_a_narrow_column():
    """As rich prints it: each line is filled with blanks, but for those that are full."""
    url = re.compile(r"(?P<url>https://(?P<host>[a-z.]+))")
    column = [
        "ERROR    HTTPError   ",
        "         403 from    ",
        "         https://mill",
        "         .example/a/ ",
        "         Invalid     ",
    ]
    assert place("\n".join(column), url) == "https://mill.example"
