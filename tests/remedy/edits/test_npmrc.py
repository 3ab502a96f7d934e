"""The smallest change to an .npmrc: all else stays, and npm reads what was meant."""

import shutil
import subprocess

import pytest
from edited import taken
from hypothesis import given
from hypothesis import strategies as st

from certmend.remedy.edits import npmrc

CASES = {
    "empty": (b"", b"cafile=/ca\n"),
    "before a section": (
        b"registry=https://x/\n; c\n\n[x]\ncafile=1\n",
        b"registry=https://x/\n; c\ncafile=/ca\n\n[x]\ncafile=1\n",
    ),
    "replaced": (b"cafile = /old # k\nx=1", b"cafile = /ca # k\nx=1"),
    "in quotes": (b'cafile="/o;ld"\n', b"cafile=/ca\n"),
    "the last of two": (b"cafile=a\ncafile=b\n", b"cafile=a\ncafile=/ca\n"),
    "without a value": (b"cafile\n", b"cafile=/ca\n"),
    "no line end": (b"x=1", b"x=1\ncafile=/ca\n"),
    "windows": (b"x=1\r\n", b"x=1\r\ncafile=/ca\r\n"),
    "latin-1": (b"; M\xfcller\n", b"; M\xfcller\ncafile=/ca\n"),
    "same": (b"cafile = /ca ; c\n", b"cafile = /ca ; c\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_key_changes(name):
    before, after = CASES[name]
    assert npmrc.set_key(before, "f", "cafile", "/ca") == after
    assert npmrc.set_key(after, "f", "cafile", "/ca") == after, "twice is once"


@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not on PATH")
@pytest.mark.parametrize("value", ["/plain", "/a b/c#d;e.pem", '/q"u', "/v/${HOME}/x", "/eq=al"])
def test_npm_reads_every_value(value, tmp_path):
    path = tmp_path / "npmrc"
    path.write_bytes(npmrc.set_key(b"; c\nfund=false\n", "f", "cafile", value))
    done = subprocess.run(
        ["npm", "config", "get", "cafile"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "npm_config_userconfig": str(path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == value


lines = st.sampled_from(
    [
        "cafile=/old",
        'cafile = "/a;b" ',
        "cafile",
        "fund=false",
        "; c",
        "# c",
        "a[]=1",
        "[s]",
        "",
        "x=y ; z",
    ]
)


@given(
    st.lists(lines, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.text("a ;#$={}\\\"'/", max_size=9),
)
def test_what_is_set_is_read_and_every_other_line_stays(some, end, value):
    before = end.join(some).encode()
    after = npmrc.set_key(before, "f", "cafile", f"/{value}/x")
    assert npmrc.value(after, "cafile") == f"/{value}/x".replace("${", "\\${")
    missing = taken(before, after)
    assert len(missing) <= 1
    assert all(line.startswith("cafile") for line in missing)
