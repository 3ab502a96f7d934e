import io

import pytest

from certmend.observe.logs.anchors import ANCHORS
from certmend.observe.logs.decoding import wide_encoding
from certmend.observe.logs.windows import Windows

FILLER = b"a line without anything to see in it\n"


def _windows(content):
    windows = Windows()
    return list(windows.of(io.BytesIO(content))), windows


@pytest.mark.parametrize(
    "before", [0, 1, 1279, 1280, 1281, 2**20 - 10, 2**20, 2**20 + 1280, 3 * 2**20]
)
def test_a_hit_is_found_wherever_it_stands(before):
    head = (FILLER * (before // len(FILLER) + 1))[:before]
    found, windows = _windows(head + b"\n_ssl.c:1\n" + FILLER * 200)
    assert len(found) == 1
    assert b"_ssl.c:1" in found[0].content
    lines_above = (head + b"\n").count(b"\n")
    at = found[0].content.index(b"_ssl.c:1")
    assert found[0].first_line + found[0].content.count(b"\n", 0, at) == lines_above + 1
    assert windows.size == len(head) + 11 + len(FILLER) * 200 - 1 + 0


def test_windows_hold_each_byte_once():
    content = b"".join(b"%d SSLError\n" % number for number in range(20_000))
    found, windows = _windows(content)
    numbers = [int(line.split()[0]) for one in found for line in one.content.split(b"\n") if line]
    assert numbers == sorted(set(numbers))
    assert len(numbers) < 20_000 or not windows.skipped


def test_a_log_that_goes_on_alike_is_only_counted():
    _, windows = _windows((b"SSLError\n" + FILLER * 400) * 600)
    assert windows.skipped > 100


def test_utf_16_is_searched_with_and_without_a_mark():
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        found, _ = _windows(("x\n" * 50 + "SSLError: é\n").encode(encoding))
        assert "SSLError: é" in found[0].content.decode()
    assert wide_encoding(b"plain text") == ""
    assert wide_encoding(b"\0" * 4096) == ""


def test_every_anchor_can_be_found():
    for anchor in ANCHORS:
        found, _ = _windows(b"x " + anchor + b" y\n")
        assert found, anchor
