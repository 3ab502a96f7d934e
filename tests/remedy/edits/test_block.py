"""A marked block in a file: replaced in its place, everything else untouched."""

import pytest

from certmend.errors import UsageError
from certmend.remedy.edits import block


@pytest.mark.parametrize(
    "before", [b"", b"alias x=y\n", b"alias x=y", b"a\r\nb\r\n", b"\xff\n"], ids=repr
)
def test_the_block_is_added_once_and_replaced_in_its_place(before):
    one = block.set_block(before, "f", "export A=1\n")
    assert one.startswith(before)
    assert block.set_block(one, "f", "export A=1\n") == one
    more = one + b"after\n"
    two = block.set_block(more, "f", "export A=2\nexport B=3")
    assert two.startswith(before)
    assert two.endswith(b"after\n")
    assert b"A=1" not in two
    assert two.count(block.BEGIN) == 1


@pytest.mark.parametrize(
    "content",
    [
        block.BEGIN + b"\n",
        block.END + b"\n",
        block.END + b"\n" + block.BEGIN,
        block.BEGIN * 2 + block.END * 2,
    ],
)
def test_marks_that_do_not_belong_together_are_refused(content):
    with pytest.raises(UsageError):
        block.set_block(content, "f", "x")
