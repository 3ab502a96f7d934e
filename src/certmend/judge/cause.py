"""The type of a cause, and the decorator that makes one of a judging function.

A cause is a file of its own: its name is the code, its docstring the page, its folder the family.
"""

import inspect
from collections.abc import Callable, Iterable

import msgspec

from certmend.judge.inquiry import Inquiry
from certmend.model.finding import Finding

Judge = Callable[[Inquiry], Iterable[Finding]]


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """A cause: how to recognise it, its page, and which weaker explanations it replaces."""

    code: str
    family: str
    page: str
    """Markdown: what you see, why, fix, never, try it."""
    rank: int
    """What must be fixed first has the lower rank: the network before TLS, TLS before the index."""
    supersedes: frozenset[str]
    """Codes that are no answer of their own any more for the same client and host."""
    judge: Judge


def cause(*, rank: int, supersedes: Iterable[str] = ()) -> Callable[[Judge], Cause]:
    """Make a `Cause` of a judging function; the code and family come from the file's place."""

    def make(judge: Judge) -> Cause:
        module = inspect.getmodule(judge)
        if module is None or not module.__doc__:
            raise TypeError("a cause needs a module with its page as docstring")
        family, name = module.__name__.split(".")[-2:]
        return Cause(
            code=name.replace("_", "-"),
            family=family,
            page=module.__doc__,
            rank=rank,
            supersedes=frozenset(supersedes),
            judge=judge,
        )

    return make
