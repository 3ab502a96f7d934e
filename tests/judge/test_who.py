"""Which client failed, and on which host: told from what it printed, and in a job's log."""

import io
import pathlib

import pytest

from certmend import explanations

_TABLE = pathlib.Path(__file__).with_name("who.txt").read_text(encoding="utf-8")
_LINES = [line for line in _TABLE.splitlines() if not line.startswith("#")]


def told(lines):
    """Client, host and code of the one failure that the lines tell."""
    text = "\n".join(lines) + "\n"
    found = explanations.explain([("x.log", io.BytesIO(text.encode()))]).findings
    assert len(found) < 2
    if not found:
        return ["-", "-", "none"]
    finding = found[0].finding
    return [finding.client.split(" ")[0] or "-", finding.host or "-", finding.code]


def parts(line):
    expected, words = line.split(": ", 1)
    return expected.split(" "), words.split("\\n")


@pytest.mark.parametrize("line", _LINES, ids=lambda line: line[:60])
def test_client_host_and_code_are_told(line):
    (client, host, code), words = parts(line)
    said = told(words)
    assert said[::2] == [client, code]
    assert said[1].rsplit(":", 1)[0] == host


@pytest.mark.parametrize("line", _LINES, ids=lambda line: line[:60])
def test_so_they_are_behind_the_clock_of_a_job(line):
    (client, _, code), words = parts(line)
    assert told(f"2026-01-05T07:08:09.1234567Z {one}" for one in words)[::2] == [client, code]
