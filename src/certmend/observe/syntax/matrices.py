"""The matrix of a GitHub job: what `${{ matrix.NAME }}` stands for in it.

One job is run for each value; the first stands for them all here.
Source: GitHub's workflow syntax, `jobs.<job_id>.strategy.matrix`, and its contexts.
"""

from collections.abc import Iterator, Mapping

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.shell_tokens import joined
from certmend.observe.syntax.tree import Node

_READ = lazy.regex(r"\$\{\{\s*(matrix\.[\w.-]+)\s*\}\}")


def values(job: Node) -> dict[str, Word]:
    """The first value of each name, under `matrix.NAME`; empty where a job has no matrix."""
    strategy = job.get("strategy")
    matrix = strategy.get("matrix") if strategy is not None else None
    found: dict[str, Word] = {}
    for pair in (matrix.pairs or ()) if matrix is not None else ():
        name = pair.key.text
        prefix = "matrix" if name == "include" else f"matrix.{name}"
        for full, value in _named(prefix, pair.value) if name != "exclude" else ():
            found.setdefault(full, value)
    return found


def _named(prefix: str, listed: Node) -> Iterator[tuple[str, Word]]:
    for item in listed.items or ():
        if item.scalar is not None and "${{" not in item.scalar.text:
            yield prefix, item.scalar
        for pair in item.pairs or ():
            if pair.value.scalar is not None and "${{" not in pair.value.scalar.text:
                yield f"{prefix}.{pair.key.text}", pair.value.scalar


def filled(text: Word, matrix: Mapping[str, Word]) -> Word:
    """A text with the values of a matrix in the places where they are named."""
    if not matrix or "matrix." not in text.text:
        return text
    pieces: list[Word] = []
    last = 0
    for match in _READ.finditer(text.text):
        if (value := matrix.get(match[1])) is not None:
            pieces += [text.part(last, match.start()), value]
            last = match.end()
    return joined([*pieces, text.part(last, len(text.text))], "", text.span) if pieces else text
