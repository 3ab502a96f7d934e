"""A .dockerignore keeps a file out of the context as moby/patternmatcher does."""

import pytest

from certmend.builds.ignoring import excluded


@pytest.mark.parametrize(
    "text",
    ["*", "*.crt", "**/*.crt", "corp-ca.crt", "/corp-ca.crt", "./corp-ca.crt", "corp-??.crt",
     "corp-[a-d]a.crt", "**", "!x\n*", "*\n!corp-ca.crt\n*.crt"],
)  # fmt: skip
def test_it_is_kept_out(text):
    assert excluded("corp-ca.crt", text)


@pytest.mark.parametrize(
    "text",
    ["", "# *", "*.pem", "certs", "*\n!corp-ca.crt", "*\n!*.crt\n", "**/*.crt\n!corp-*.crt",
     "corp-[!a-d]a.crt", "[", "corp-ca.crt/x"],
)  # fmt: skip
def test_it_gets_through(text):
    assert not excluded("corp-ca.crt", text)


def test_folders_take_their_content_along():
    assert excluded("certs/corp-ca.crt", "certs")
    assert excluded("certs/corp-ca.crt", "certs/")
    assert excluded("a/certs/corp-ca.crt", "**/certs")
    assert not excluded("a/certs/corp-ca.crt", "certs")
    assert not excluded("certs/corp-ca.crt", "*.crt")  # a pattern starts at the top
    assert not excluded("certs/corp-ca.crt", "certs\n!certs/corp-ca.crt")
