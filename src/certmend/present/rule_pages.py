"""The pages of lint's rules: for a terminal, and as data."""

import textwrap
from collections.abc import Sequence

import msgspec

from certmend.model.lint import Page

_WIDTH = 80


def page(shown: Page, format_name: str) -> str:
    """One page as text or json."""
    if format_name == "json":
        return _json(_data(shown))
    code = f", cause {shown.code}" if shown.code else ""
    return f"# {shown.slug} ({shown.severity}{code})\n\n{shown.page.strip()}\n"


def listed(pages: Sequence[Page], format_name: str) -> str:
    """All rules with one sentence each, as text or json."""
    if format_name == "json":
        return _json([_data(one) for one in pages])
    width = max(len(one.slug) for one in pages)
    return "".join(f"{_row(one, width)}\n" for one in pages)


def _row(one: Page, width: int) -> str:
    head = f"{one.slug:{width}}  {one.severity:7}  "
    return textwrap.fill(
        one.summary, _WIDTH, initial_indent=head, subsequent_indent=" " * len(head)
    )


def _data(one: Page) -> dict[str, str]:
    return {
        "rule": one.slug,
        "code": one.code,
        "severity": one.severity.value,
        "summary": one.summary,
        "page": one.page.strip(),
    }


def _json(data: object) -> str:
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"
