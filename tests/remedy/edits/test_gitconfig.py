"""The smallest change to a git configuration: all else stays, and git reads what was meant."""

import shutil
import subprocess

import pytest
from edited import taken
from hypothesis import given, settings
from hypothesis import strategies as st

from certmend.errors import UsageError
from certmend.remedy.edits import gitconfig

CASES = {
    "empty": (b"", b"[http]\n\tsslCAInfo = /ca\n"),
    "another section": (
        b"[user]\n\tname = x\n",
        b"[user]\n\tname = x\n[http]\n\tsslCAInfo = /ca\n",
    ),
    "no line end": (b"[http]\n\tproxy = x", b"[http]\n\tproxy = x\n\tsslCAInfo = /ca\n"),
    "before what follows": (
        b"[http]\n\tproxy = x ; c\n# end\n[core]\n",
        b"[http]\n\tproxy = x ; c\n\tsslCAInfo = /ca\n# end\n[core]\n",
    ),
    "on the header's line": (b'[http] sslcainfo = "a # b" ; c\n', b"[http] sslcainfo = /ca ; c\n"),
    "the last of two": (
        b"[http]\n\tsslCAInfo = a\\\n b\n\tsslCAInfo = c # d\n",
        b"[http]\n\tsslCAInfo = a\\\n b\n\tsslCAInfo = /ca # d\n",
    ),
    "no other part": (
        b'[http "https://x/"]\n\tsslCAInfo = a\n',
        b'[http "https://x/"]\n\tsslCAInfo = a\n[http]\n\tsslCAInfo = /ca\n',
    ),
    "without a value": (b"[http]\n\tsslCAInfo\n", b"[http]\n\tsslCAInfo = /ca\n"),
    "windows": (b"[http]\r\n\tx = y\r\n", b"[http]\r\n\tx = y\r\n\tsslCAInfo = /ca\r\n"),
    "byte order mark": (b"\xef\xbb\xbf[http]\n", b"\xef\xbb\xbf[http]\n\tsslCAInfo = /ca\n"),
    "latin-1": (b"# M\xfcller\n[http]\n", b"# M\xfcller\n[http]\n\tsslCAInfo = /ca\n"),
    "same": (b"[HTTP]\n  SSLCAINFO=/ca\n", b"[HTTP]\n  SSLCAINFO=/ca\n"),
}


def git_says(content: bytes, key: str, folder) -> str | None:
    path = folder / "config"
    path.write_bytes(content)
    command = ["git", "config", "--file", str(path), "--get", key]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode().removesuffix("\n") if done.returncode == 0 else None


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not on PATH")


@needs_git
@pytest.mark.parametrize("name", CASES)
def test_only_the_key_changes(name, tmp_path):
    before, after = CASES[name]
    assert gitconfig.set_key(before, "f", "http", "", "sslCAInfo", "/ca") == after
    assert gitconfig.set_key(after, "f", "http", "", "sslCAInfo", "/ca") == after, "twice is once"
    assert git_says(after, "http.sslCAInfo", tmp_path) == "/ca"


@needs_git
@pytest.mark.parametrize(
    "value", ["/a b/c#d;e.pem", 'q"uote', "C:\\certs\\ca.pem", " edge ", "é/ü"]
)
def test_git_reads_every_value(value, tmp_path):
    part = 'https://x.example:8443/"a\\b'
    made = gitconfig.set_key(b"[core]\n", "f", "http", part, "sslCAInfo", value)
    assert git_says(made, f"http.{part}.sslCAInfo", tmp_path) == value


@pytest.mark.parametrize("content", [b"[http\n", b'[http]\nx = "a\n', b"[http]\nx = \\q\n"])
def test_what_git_refuses_is_refused(content, tmp_path):
    with pytest.raises(UsageError, match="no valid git configuration: line"):
        gitconfig.set_key(content, "f", "http", "", "sslCAInfo", "/ca")
    if shutil.which("git"):
        assert git_says(content, "http.x", tmp_path) is None


lines = st.sampled_from(
    [
        "[http]",
        '[http "https://x/"]',
        "[Core] a = b",
        "\tname = x # c",
        '  sslcainfo = "a ; b" ; c',
        "sslCAInfo",
        "k = a \\",
        "; comment",
        "",
    ]
)


@needs_git
@settings(max_examples=40)
@given(st.lists(lines, max_size=7))
def test_git_agrees_and_every_other_line_stays(tmp_path_factory, some):
    folder = tmp_path_factory.mktemp("git")
    before = "\n".join(some).encode()
    try:
        after = gitconfig.set_key(before, "f", "http", "", "sslCAInfo", "/ca")
    except UsageError as error:
        if "cannot edit" in error.message:
            last = [line for line in some if line][-1]
            assert last.endswith("\\"), "a value that goes on behind the end of the file"
            return
        path = folder / "config"
        path.write_bytes(before)
        listed = subprocess.run(
            ["git", "config", "--file", str(path), "--list"], capture_output=True, check=False
        )
        assert listed.returncode != 0
        return
    assert git_says(after, "http.sslCAInfo", folder) == "/ca"
    missing = taken(before, after)
    assert len(missing) <= 1
    assert all("ssl" in line.lower() or line.endswith("\\") for line in missing)
