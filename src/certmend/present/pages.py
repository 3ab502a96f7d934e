"""The pages of causes: for a terminal, as Markdown and as data."""

import textwrap
from collections.abc import Iterable, Iterator

import msgspec

from certmend.model.page import Page
from certmend.model.view import View
from certmend.present.escaping import plain

_COLUMN = 24


def page(shown: Page, format_name: str, view: View) -> str:
    """One page as text, markdown or json."""
    if format_name == "json":
        return _json(_data(shown))
    if format_name == "markdown":
        return f"# {shown.code}\n\n{shown.title}\n\n{shown.body}\n"
    lines = [_bold(shown.code, view), "", *textwrap.wrap(shown.title, view.width)]
    for line in shown.body.splitlines():
        heading = line.startswith("## ")
        lines.append(_bold(line[3:], view) if heading else line)
    return "\n".join([*lines[:3], "", *lines[3:]]) + "\n"


def listed(pages: Iterable[Page], format_name: str) -> str:
    """All causes, by family, with one sentence each."""
    known = sorted(pages, key=lambda one: (one.family, one.code))
    if format_name == "json":
        return _json([_data(one) for one in known])
    if format_name == "markdown":
        return "\n".join(f"- `{one.code}` ({one.family}): {plain(one.title)}" for one in known)
    return "\n".join(_families(known)) + "\n"


def _families(known: list[Page]) -> Iterator[str]:
    family = ""
    for one in known:
        if one.family != family:
            yield from ([""] if family else [])
            family = one.family
            yield family
        yield from textwrap.wrap(
            one.title,
            80,
            initial_indent=f"  {one.code:{_COLUMN}}",
            subsequent_indent=" " * (_COLUMN + 2),
        )


def _data(one: Page) -> dict[str, object]:
    return {
        "code": one.code,
        "family": one.family,
        "title": one.title,
        "symptoms": one.symptoms,
        "page": one.body,
    }


def _json(data: object) -> str:
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def _bold(text: str, view: View) -> str:
    return f"\x1b[1m{text}\x1b[0m" if view.color else text
