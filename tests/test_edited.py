"""The yardstick of the edits' tests: which lines an edit took away."""

import pytest
from edited import taken


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("a\nb\n", "a\nx\nb\n", []),
        ("a\nb\nc\n", "a\nB\nc\n", ["b"]),
        ("s\ns\ns", "s\nk\ns\ns", []),
        ("k\na\nk\n", "k\na\nK\n", ["k"]),
        ("", "x", []),
    ],
)
def test_lines_that_are_gone(before, after, gone):
    assert taken(before.encode(), after.encode()) == gone
