"""Python 2 as Python 3 reads it: every column stays, and a block still begins."""

import ast

import pytest

from certmend.observe.syntax import python_old


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("print x, y\n", "print(x, y)\n"),
        ("    print >>f, x  # said\n", "    print(  f, x  )# said\n"),
        ("print 'a;#(' ; f(x)\r\n", "print('a;#(' ); f(x)\r\n"),
        ("print '''a\nb''' % (\n  1)\n", "print('''a\nb''' % (\n  1))\n"),
        ("except A, e:\n", "except A   :\n"),
        ("except (A,\n        b.C), e :\n", "except (A,\n        b.C)    :\n"),
        ("print\nprint (x)\nprint = x\n", None),
    ],
)
def test_what_is_old_is_written_anew_in_its_place(old, new):
    assert python_old.modern(old) == (new or old)


@pytest.mark.parametrize(
    "line", ["if a <> b:", "elif a <> b: # x", "def f(a, (b, c)):", "while `x`:", "with x y:"]
)
def test_a_block_begins_instead_of_a_line_that_cannot_be_read(line):
    ast.parse(f"{python_old.instead(line)}\n    pass\n")
    assert python_old.instead(line) != "pass"
    assert python_old.instead("raise E, 'x'") == "pass"
