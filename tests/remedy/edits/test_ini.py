"""The smallest change to an INI file: all else stays, and pip reads what was meant."""

import configparser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certmend.errors import UsageError
from certmend.remedy.edits import ini

CASES = {
    "empty": (b"", b"[global]\ncert = /ca.pem\n"),
    "other section": (
        b"[install]\nno-deps = 1\n",
        b"[install]\nno-deps = 1\n\n[global]\ncert = /ca.pem\n",
    ),
    "no line end": (b"[global]\nindex-url = x", b"[global]\nindex-url = x\ncert = /ca.pem\n"),
    "kept comments": (
        b"; top\n[global]\n# before\nindex-url = x\n# after\n\n[install]\n",
        b"; top\n[global]\n# before\nindex-url = x\n# after\ncert = /ca.pem\n\n[install]\n",
    ),
    "replaced": (
        b"[global]\ncert: /old.pem\n# behind\ntimeout=3\n",
        b"[global]\ncert: /ca.pem\n# behind\ntimeout=3\n",
    ),
    "no blanks": (b"[global]\ncert=/old.pem\n", b"[global]\ncert= /ca.pem\n"),
    "continuation": (
        b"[global]\ncert =\n    /old.pem\nx = 1\n",
        b"[global]\ncert = /ca.pem\nx = 1\n",
    ),
    "windows": (b"[global]\r\nx = 1\r\n", b"[global]\r\nx = 1\r\ncert = /ca.pem\r\n"),
    "byte order mark": (
        b"\xef\xbb\xbf[global]\nx = 1\n",
        b"\xef\xbb\xbf[global]\nx = 1\ncert = /ca.pem\n",
    ),
    "latin-1": (b"[global]\n# M\xfcller\n", b"[global]\n# M\xfcller\ncert = /ca.pem\n"),
    "same": (b"[global]\ncert  =  /ca.pem\n", b"[global]\ncert  =  /ca.pem\n"),
    "set for all sections": (
        b"[DEFAULT]\ncert = /old.pem\n[global]\nx = 1\n",
        b"[DEFAULT]\ncert = /old.pem\n[global]\nx = 1\ncert = /ca.pem\n",
    ),
    "upper case": (b"[global]\nCert = /old.pem\n", b"[global]\nCert = /ca.pem\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_key_changes(name):
    before, after = CASES[name]
    assert ini.set_key(before, "pip.conf", "global", "cert", "/ca.pem") == after
    assert ini.set_key(after, "pip.conf", "global", "cert", "/ca.pem") == after, "twice is once"


def test_a_word_is_added_to_a_list():
    one = ini.add_word(b"", "f", "global", "trusted-host", "a.example")
    two = ini.add_word(one, "f", "global", "trusted_host", "b.example:8443")
    assert ini.value(two, "f", "global", "trusted-host").split() == ["a.example", "b.example:8443"]
    assert ini.add_word(two, "f", "global", "trusted-host", "a.example") == two


def test_words_are_taken_out_of_a_list_and_the_last_with_its_key():
    two = b"[global]\nTrusted_Host =\n    a.example\n    b.example:1\n; end\n"
    one = ini.without_words(two, "f", "global", "trusted-host", frozenset({"b.example:1"}))
    assert one == b"[global]\nTrusted_Host = a.example\n; end\n"
    none = ini.without_words(one, "f", "global", "trusted-host", frozenset({"a.example"}))
    assert none == b"[global]\n; end\n"
    assert ini.without_words(none, "f", "global", "trusted-host", frozenset({"x"})) == none
    with pytest.raises(UsageError, match="in a way that certmend cannot edit"):
        above = b"[DEFAULT]\ntrusted-host = a\n[global]\n"
        ini.without_words(above, "f", "global", "trusted-host", frozenset({"a"}))


@pytest.mark.parametrize(
    "content",
    [b"cert = x\n", b"[global\nx = 1\n", b"[global]\nx = 1\n[global]\ny = 2\n", b"[global]\nx\n"],
    ids=["no section", "open bracket", "section twice", "key without value"],
)
def test_what_is_no_ini_is_refused(content):
    with pytest.raises(UsageError, match=r"pip\.conf is no valid INI file"):
        ini.set_key(content, "pip.conf", "global", "cert", "/ca.pem")


words = st.text("abcxyz019", min_size=1, max_size=6)
lines = st.one_of(
    st.builds("[{}]".format, words),
    st.builds("{} = {}".format, words, words),
    st.builds("# {}".format, words),
    st.just("cert = /old.pem"),
    st.just("[global]"),
    st.just(""),
)


@given(st.lists(lines, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_other_line_stays_and_configparser_agrees(some, end):
    before = end.join(some).encode()
    try:
        after = ini.set_key(before, "f", "global", "cert", "/ca.pem")
    except UsageError:
        with pytest.raises(configparser.Error):
            configparser.RawConfigParser().read_string(before.decode())
        return
    parsed = configparser.RawConfigParser()
    parsed.read_string(after.decode())
    assert parsed.get("global", "cert") == "/ca.pem"
    kept = [line for line in some if line.strip() and not line.startswith("cert")]
    rest = [line for line in after.decode().splitlines() if line in kept]
    assert rest[: len(kept)] == kept or sorted(rest) >= sorted(kept)
