"""A diff is fit to be shown: no secret is in it, and a difference is never passed over."""

import pytest

from certmend.model.difference import diff

SECRETS = [
    "index-url = https://me:hidden@x.example/simple/",
    "//x.example/:_authToken=hidden",
    "_password = hidden",
    'password = "hidden"',
    "user hidden:x",
    '--proxy-user "hidden"',
    "-u hidden",
    "oauth2-bearer hidden",
    "\textraHeader = Authorization: Basic hidden",
    "export NPM_TOKEN=hidden",
    "api-key: hidden",
]


@pytest.mark.parametrize("line", SECRETS)
def test_a_secret_beside_a_change_is_masked(line):
    before = f"{line}\nx = 1\n".encode()
    shown = diff(before, before + b"cafile = /ca\n", "f")
    assert "hidden" not in shown
    assert "****" in shown
    assert "+cafile = /ca" in shown


def test_every_value_of_a_table_of_tokens_is_masked():
    before = b'[pypi-token]\nlab = "hidden"\n\n[certificates.lab]\ncert = "/old"\n'
    shown = diff(before, before.replace(b"/old", b"/ca"), "f")
    assert "hidden" not in shown
    assert '+cert = "/ca"' in shown


@pytest.mark.parametrize(
    "line", ["# a password is needed", "username = me", "[tool.tokens]", "a = 1"]
)
def test_other_lines_stay(line):
    assert f" {line}" in diff(f"{line}\n".encode(), f"{line}\nb = 2\n".encode(), "f")


@pytest.mark.parametrize(
    ("old", "new"), [(b"a\n", b"a\r\n"), (b"password = a\n", b"password = b\n"), (b"", None)]
)
def test_what_cannot_be_shown_is_a_difference_all_the_same(old, new):
    assert diff(old, new, "f")
    assert diff(old, old, "f") == ""
