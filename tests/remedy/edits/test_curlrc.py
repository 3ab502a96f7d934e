"""The smallest change to a .curlrc: all else stays, and curl reads what was meant."""

import shutil
import subprocess

import pytest
from edited import taken
from hypothesis import given
from hypothesis import strategies as st

from certmend.remedy.edits import curlrc

CASES = {
    "empty": (b"", b'cacert = "/ca"\n'),
    "replaced": (b"# c\ncacert = /old # x\nproxy=1", b'# c\ncacert = "/ca" # x\nproxy=1'),
    "with dashes": (b"--cacert /old\n-k\n", b'--cacert "/ca"\n-k\n'),
    "in quotes": (b'cacert="a b" # x\n', b'cacert="/ca" # x\n'),
    "without a value": (b"cacert\n", b'cacert = "/ca"\n'),
    "colon": (b"cacert:/old\n", b'cacert:"/ca"\n'),
    "the last of two": (b"cacert /a\ncacert /b\n", b'cacert /a\ncacert "/ca"\n'),
    "no line end": (b"retry 0", b'retry 0\ncacert = "/ca"\n'),
    "windows": (b"retry 0\r\n", b'retry 0\r\ncacert = "/ca"\r\n'),
    "same": (b"cacert /ca\n", b"cacert /ca\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_only_the_option_changes(name):
    before, after = CASES[name]
    assert curlrc.set_key(before, "f", "cacert", "/ca") == after
    assert curlrc.set_key(after, "f", "cacert", "/ca") == after, "twice is once"


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on PATH")
@pytest.mark.parametrize("name", ["plain", "a b#c", 'q"u', "back\\slash"])
def test_curl_reads_every_value(name, tmp_path):
    """curl names the file that it cannot use, so it says what it read."""
    value = str(tmp_path / name)
    (tmp_path / ".curlrc").write_bytes(curlrc.set_key(b"# c\n", "f", "output", value))
    (tmp_path / "source").write_text("content")
    subprocess.run(
        ["curl", "-sS", (tmp_path / "source").as_uri()],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        check=True,
        timeout=30,
    )
    assert (tmp_path / name).read_text() == "content"


lines = st.sampled_from(
    [
        "cacert=/old",
        'cacert = "/a b" # c',
        "cacert",
        "--cacert /x",
        "-k",
        "# cacert=/no",
        "retry: 0",
        "",
        " url = x",
    ]
)


@given(
    st.lists(lines, max_size=8), st.sampled_from(["\n", "\r\n"]), st.text("a #=:\\\"'/", max_size=9)
)
def test_what_is_set_is_read_and_every_other_line_stays(some, end, value):
    before = end.join(some).encode()
    after = curlrc.set_key(before, "f", "cacert", f"/{value}")
    assert curlrc.value(after, "cacert") == f"/{value}"
    missing = taken(before, after)
    assert len(missing) <= 1
    assert all("cacert" in line for line in missing)
