"""The smallest change to a TOML file: all else stays, and tomllib reads what was meant."""

import tomllib

import pytest
from edited import taken
from hypothesis import given
from hypothesis import strategies as st

from certmend.errors import UsageError
from certmend.remedy.edits import toml

CASES = {
    "empty": (b"", ("certificates", "lab", "cert"), b'[certificates.lab]\ncert = "/ca"\n'),
    "quoted name": (b"", ("a", "x.y", "cert"), b'[a."x.y"]\ncert = "/ca"\n'),
    "top": (b"# uv\n\n# pip\n[pip]\nx=1\n", ("k",), b'# uv\n\nk = "/ca"\n\n# pip\n[pip]\nx=1\n'),
    "no line end": (b"a=1", ("k",), b'a=1\nk = "/ca"'),
    "behind the last key": (
        b'[[s]]\nname="a" # c\n\n# about b\n[[s]]\nname="b"\n',
        ("s", 0, "k"),
        b'[[s]]\nname="a" # c\nk = "/ca"\n\n# about b\n[[s]]\nname="b"\n',
    ),
    "second of a list": (b"[[s]]\n[[s]]\nx=1\n", ("s", 1, "k"), b'[[s]]\n[[s]]\nx=1\nk = "/ca"\n'),
    "indented": (b"[a]\n  x = 1\n", ("a", "k"), b'[a]\n  x = 1\n  k = "/ca"\n'),
    "replaced": (b'[a]\nk = """\n[b]\n""" # c\n', ("a", "k"), b'[a]\nk = "/ca" # c\n'),
    "dotted": (b"p.url = 'q'\n[o]\n", ("p", "k"), b"p.url = 'q'\np.k = \"/ca\"\n[o]\n"),
    "inline": (
        b"[p]\nl = {u = 'q'} # c\n",
        ("p", "l", "k"),
        b"[p]\nl = {u = 'q', k = \"/ca\"} # c\n",
    ),
    "empty inline": (b"l = {}\n", ("l", "k"), b'l = { k = "/ca" }\n'),
    "windows": (
        b"[a]\r\nx = 1\r\n\r\n[b]\r\n",
        ("a", "k"),
        b'[a]\r\nx = 1\r\nk = "/ca"\r\n\r\n[b]\r\n',
    ),
    "byte order mark": (b"\xef\xbb\xbf[a]\n", ("a", "k"), b'\xef\xbb\xbf[a]\nk = "/ca"\n'),
    "same": (b"[a]\nk  =  '/ca'\n", ("a", "k"), b"[a]\nk  =  '/ca'\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_key_changes(name):
    before, keys, after = CASES[name]
    assert toml.set_value(before, "f", keys, "/ca") == after
    assert toml.set_value(after, "f", keys, "/ca") == after, "twice is once"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'h = ["b:2"]\n'),
        ("h = []\n", 'h = ["b:2"]\n'),
        ('h = ["a"] # k\n', 'h = ["a", "b:2"] # k\n'),
        ('h = ["a",]\n', 'h = ["a", "b:2"]\n'),
        ('h = [\n  "a", # one\n]\n', 'h = [\n  "a", # one\n  "b:2",\n]\n'),
        ('h = [\n  "a" # one\n]\n', 'h = [\n  "a", # one\n  "b:2"\n]\n'),
        ('h = ["b:2"]\n', 'h = ["b:2"]\n'),
    ],
)
def test_a_word_is_added_to_a_list(before, after):
    assert toml.add_word(before.encode(), "f", ("h",), "b:2").decode() == after


@pytest.mark.parametrize("content", [b"a = \n", b"[a]\n[a]\n", b"\xff\xfe"])
def test_what_is_no_toml_is_refused(content):
    with pytest.raises(UsageError, match=r"f is no valid TOML file"):
        toml.set_value(content, "f", ("k",), "/ca")


def test_a_value_that_cannot_hold_a_key_is_left_to_the_person():
    with pytest.raises(UsageError, match="cannot edit"):
        toml.set_value(b"a = 1\n", "f", ("a", "k"), "/ca")
    with pytest.raises(UsageError, match="cannot edit"):
        toml.set_value(b"[[s]]\n", "f", ("s", 1, "k"), "/ca")
    with pytest.raises(UsageError, match="cannot edit"):
        toml.add_word(b"h = 'a'\n", "f", ("h",), "b")


names = st.sampled_from(["a", "b", "'c d'", '"e.f"'])
values = st.sampled_from(
    ["1", "'x'", '"y # z"', "[1, # c\n 2]", "{q = 1}", '"""\n[a]\n"""', "true"]
)
lines = st.one_of(
    st.builds("[{}]".format, names),
    st.builds("[t.{}]".format, names),
    st.just("[[s]]"),
    st.builds("{} = {}".format, names, values),
    st.builds("p.{} = {} # c".format, names, values),
    st.just("# a comment"),
    st.just(""),
)
targets = st.sampled_from(
    [("k",), ("a", "k"), ("t", "c d", "k"), ("s", 0, "k"), ("p", "k"), ("b",)]
)


@given(st.lists(lines, max_size=9), targets, st.sampled_from(["\n", "\r\n"]))
def test_tomllib_agrees_and_every_other_line_stays(some, keys, end):
    before = "\n".join(some).replace("\n", end).encode()
    try:
        tomllib.loads(before.decode())
    except tomllib.TOMLDecodeError:
        with pytest.raises(UsageError, match="no valid TOML"):
            toml.set_value(before, "f", keys, "/ca")
        return
    try:
        after = toml.set_value(before, "f", keys, "/ca")
    except UsageError as error:
        assert "cannot edit" in error.message
        return
    found = tomllib.loads(after.decode())
    for key in keys:
        found = found[key]
    assert found == "/ca"
    if toml.get(before, "f", keys) is None:
        missing = taken(before, after)
        assert all("{" in line for line in missing), "only an inline table's line is written anew"
    ends = after.count(b"\r\n"), after.count(b"\n")
    assert ends[0] == (ends[1] if end.encode() in before and end == "\r\n" else 0)
