"""The library for logs: what a text that a client printed tells.

with open("build.log", "rb") as log:
    for one in certmend.explain([("build.log", log)]).findings:
        print(one.finding.code, one.lines)

It stands apart from `certmend.api`, which loads what looks at the network.
"""

import importlib
from collections.abc import Iterable
from typing import BinaryIO

from certmend import __version__, registry
from certmend.judge import hearsay
from certmend.model.explanation import Explanation
from certmend.model.plugin import ExplanationFormat
from certmend.model.view import View
from certmend.observe.logs import reading

FORMATS = ("text", "json", "markdown", "github")


def explain(logs: Iterable[tuple[str, BinaryIO]]) -> Explanation:
    """What logs tell: each a name to show and a stream of bytes, read once, of any size."""
    names = registry.module_names("certmend.observe.clients")
    askable = frozenset(name.rpartition(".")[2] for name in names)
    return hearsay.explain(reading.read(logs), __version__, askable)


def render(explanation: Explanation, format_name: str, view: View | None = None) -> str:
    """An explanation in one of `FORMATS`; raises `KeyError` for another."""
    if format_name not in FORMATS:
        raise KeyError(format_name)
    module = importlib.import_module(f"certmend.present.explanations.{format_name}")
    made: ExplanationFormat = getattr(module, format_name.upper())
    return made.render(explanation, view or View())
