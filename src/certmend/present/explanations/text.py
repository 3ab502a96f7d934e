"""An explanation for a person at a terminal.

It looks like a diagnosis. It is laid out without rich: `explain` must answer at once.
"""

import re
import textwrap
from collections.abc import Iterator

from certmend.model.explanation import Explained, Explanation, Remark
from certmend.model.finding import Certainty, Severity
from certmend.model.plugin import ExplanationFormat
from certmend.model.view import View

_STYLES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_BLUE = "34"
_BOLD = "1"
_COMMAND = re.compile(r"`[^`]{1,500}`")
_POSSIBLE = 3
_FIXED = "\N{NO-BREAK SPACE}"


def render(explanation: Explanation, view: View) -> str:
    """The whole explanation; at most `view.width` columns wide."""
    parts: list[str] = []
    for one in explanation.findings:
        parts += [*_finding(one, view), *([] if view.quiet else [""])]
    if not view.quiet:
        for remark in explanation.remarks:
            parts += [*_remark(remark, view), ""]
    tail = textwrap.wrap(_sum(explanation), max(40, view.width), break_on_hyphens=False)
    parts += [_paint(line, _BOLD, view) for line in tail]
    if not (explanation.findings or explanation.remarks or view.quiet):
        parts.append("`certmend diagnose` asks the indexes of this machine themselves")
    return "\n".join(parts) + "\n"


def _finding(one: Explained, view: View) -> Iterator[str]:
    finding = one.finding
    mark = f"{finding.severity}[{finding.code}]"
    if view.quiet:
        line = f": {finding.summary} ({finding.where})"
        yield _paint(mark, _STYLES[finding.severity], view) + line
        return
    head = textwrap.wrap(f"{mark}: {finding.summary}", max(40, view.width), break_on_hyphens=False)
    style = _STYLES[finding.severity]
    yield _paint(mark, style, view) + _paint(head[0].removeprefix(mark), _BOLD, view)
    yield from (_paint(line, _BOLD, view) for line in head[1:])
    yield from _hanging("  --> ", _place(one), view, whole=True)
    yield from _hanging(f"   |  {_lines(one):8}  ", finding.evidence[0].text, view)
    if finding.certainty is Certainty.LIKELY:
        yield from _hanging("   = why ", f"(likely): {finding.why}", view)
    else:
        yield from _hanging("   = why: ", finding.why, view)
    if one.unknown:
        yield from _hanging("   = but: ", one.unknown, view)
    if one.possible:
        yield from _hanging("   = or:  ", _possible(one.possible), view)
    for number, sentence in enumerate(finding.cure):
        label = "   = fix, " if number == 0 else "     or:  "
        owner = f"{finding.owner}: " if number == 0 else ""
        yield from _hanging(label, owner + sentence, view, whole=True)
    if one.command:
        yield _paint("   = run this where it failed:", _BLUE, view)
        yield f"         {_paint(one.command, _BOLD, view)}"


def _possible(codes: tuple[str, ...]) -> str:
    """The likeliest of the other codes: who wants all of them has JSON and Markdown."""
    more = len(codes) - _POSSIBLE
    tail = f" and {more} more" if more > 0 else ""
    return f"possible as well: {', '.join(codes[:_POSSIBLE])}{tail}"


def _place(one: Explained) -> str:
    places = [one.finding.where, one.finding.client, one.finding.index]
    return "  ".join(place for place in places if place)


def _lines(one: Explained) -> str:
    return "said" if one.count == 1 else f"said {one.count}x"


def _remark(remark: Remark, view: View) -> Iterator[str]:
    lines = ", ".join(str(number) for number in remark.lines)
    text = f"{remark.text} (line {lines} of {remark.file}). That is not a matter of TLS."
    yield from _hanging("note: ", text, view)


def _hanging(label: str, text: str, view: View, *, whole: bool = False) -> Iterator[str]:
    """A label and its text; further lines stand below the text's beginning.

    With `whole` a command in backticks and a URL are not cut: they are there to be copied.
    """
    if whole:
        text = _COMMAND.sub(lambda match: match[0].replace(" ", _FIXED), text)
    wrapped = textwrap.wrap(
        text,
        max(40, view.width) - len(label),
        break_on_hyphens=False,
        break_long_words=not whole,
    )
    for number, line in enumerate(wrapped or [""]):
        before = " " * len(label) if number else _paint(label, _BLUE, view)
        yield (before + line.replace(_FIXED, " ")).rstrip()


def _sum(explanation: Explanation) -> str:
    findings = explanation.findings
    where = ", ".join(explanation.files[:3])
    if len(explanation.files) > 3:
        where += f" and {len(explanation.files) - 3} more"
    where = where.replace("-", "standard input") if where == "-" else where
    skipped = f"; {explanation.skipped} more places of the same kind were not read"
    tail = skipped if explanation.skipped else ""
    if not findings:
        return f"no failure that certmend knows in {where}{tail}"
    errors = sum(one.finding.severity is Severity.ERROR for one in findings)
    warnings = sum(one.finding.severity is Severity.WARNING for one in findings)
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {where}{tail}"


def _count(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"


def _paint(text: str, style: str, view: View) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if view.color and text else text


TEXT = ExplanationFormat(name="text", render=render)
