"""Jinja's `{{ }}` whose values are known: put in their places, each character with its own.

Only plain text is put in: no blank, quote, bracket or other character that a shell, YAML or an
INI file gives a meaning, and no credentials. What a value leaves open (`http://{{ host }}:81`)
stays a `{{ }}` in it. Of the filters those are carried out that hosts and URLs are usually sent
through; with any other the expression stays as it is written.
"""

import re
from collections.abc import Callable, Sequence

import msgspec

from certmend.model import lazy
from certmend.model.document import Span, Word

EXPRESSION = lazy.regex(r"(?<!\$)\{\{-?\s*([A-Za-z_][^{}\n]{0,100}?)\s*-?\}\}")
"""An expression of Ansible's; `${{ }}` is one of a pipeline's own."""
_NAME = lazy.regex(r"[A-Za-z_]\w*(?:\.(?!split\()[A-Za-z_]\w*|\[['\"]\w+['\"]\])*")
_STEP = lazy.regex(
    r"\s*(?:\.split\(\s*(['\"])(?P<by>.)\1\s*\)\s*\[(?P<number>-?\d)\]"
    r"|\|\s*(?P<host>urlsplit)\(\s*['\"]hostname['\"]\s*\)"
    r"|\|\s*d(?:efault)?\(\s*(?:(?P<quote>['\"])(?P<text>[^'\"]*)(?P=quote)|(?P<name>[A-Za-z_][\w.]*))"
    r"\s*(?:,\s*(?:boolean\s*=\s*)?[Tt]rue\s*)?\)"
    r"|\|\s*d(?:efault)?\(\s*(?P<empty>\[\s*\])\s*(?:,\s*[Tt]rue\s*)?\)"
    r"|\|\s*join\(\s*(?P<mark>['\"])(?P<between>[ ,]|(?:\\n[ ]*))(?P=mark)\s*\)"
    r"|\|\s*(?P<same>trim|string|quote)(?:\(\))?(?![\w(]))"
)
"""A method or a filter behind a name."""
_INDEXED = lazy.regex(r"\[['\"](\w+)['\"]\]")
_HOST = lazy.regex(r"[a-zA-Z][\w+.-]*://(?:[^/@]*@)?([^/:?#]+)")
_PLAIN = lazy.regex(r"[A-Za-z0-9/.](?:[A-Za-z0-9/._:+~-]|\{\{\w+\}\})*(?<!:)")
_SWITCH = lazy.regex(r"true|false|yes|no|on|off|null|none", re.IGNORECASE)
_LENGTH_LIMIT = 300
"""Characters of a value; a longer one is no host, URL or path."""


class Known(msgspec.Struct, frozen=True):
    """A variable's value."""

    text: str
    told: bool = False
    """Whether rules look at it where it is defined: it is not put in anywhere else."""


_ITEM_END = "\0"
_BLANK = "\x1f"
"""What stands in a value behind each item of a list, and between items that were joined."""
LOOP = lazy.regex(
    r"\{%-?\s*for\s+(\w+)\s+in\s+([A-Za-z_][\w.]*)\s*(?:\|\s*d(?:efault)?\(\[\]\)\s*)?-?%\}"
)
"""A loop over a variable: the name of its items, and that of the list."""

Values = Callable[[str], Known | None]
"""The value of a variable; a member of a mapping has a dotted name."""


def of_list(items: Sequence[str]) -> str:
    """A list as the text of a value."""
    return "".join(item + _ITEM_END for item in items)


def items_of(text: str) -> list[str]:
    """The items of a value that is a list; none for any other."""
    return text.split(_ITEM_END)[:-1]


def filled(text: Word, values: Values) -> tuple[Word, tuple[Span, ...]]:
    """The text with its known values, and the places that they were put into.

    The last character of a value stands where its `{{ }}` ends, the others where it begins: so
    that the value's place is the whole of it, and no other part of it has one of its own.
    """
    parts: list[str] = []
    at: list[int] = []
    places: list[Span] = []
    done = 0
    for match in EXPRESSION.finditer(text.text):
        known = _value(match[1], values)
        value = _plain(known.text) if known is not None and not known.told else ""
        if not value:
            continue
        place = text.place(match.start(), match.end())
        parts += [text.text[done : match.start()], value]
        at += text.at[done : match.start()]
        at += [place.start] * len(value)
        if len(value) > 2:  # fewer would each have a place of its own
            at[-1] = place.end - 1
        places.append(place)
        done = match.end()
    if not places:
        return text, ()
    parts.append(text.text[done:])
    at += text.at[done:]
    return Word(text="".join(parts), at=at, span=text.span), tuple(places)


def expanded(text: str, values: Values) -> str:
    """A value with the values in it; what is not known is left in it by its first name alone."""
    made: list[str] = []
    done = size = 0
    for match in EXPRESSION.finditer(text):
        known = _value(match[1], values)
        name = re.match(r"\w+", match[1])
        rest = "{{" + (name.group() if name is not None else "x") + "}}"
        made += [text[done : match.start()], known.text if known is not None else rest]
        size += len(made[-1])
        done = match.end()
        if size > _LENGTH_LIMIT:
            return ""
    return "".join([*made, text[done:]])


def _plain(text: str) -> str:
    """A value that can be put in, or nothing."""
    if len(text) > _LENGTH_LIMIT or _SWITCH.fullmatch(text):
        return ""
    plain = all(_PLAIN.fullmatch(one) for one in text.split(_BLANK))
    return text.replace(_BLANK, " ") if plain else ""


def _value(expression: str, values: Values) -> Known | None:
    match = _NAME.match(expression)
    if match is None:
        return None
    found, end = values(_INDEXED.sub(r".\1", match.group())), match.end()
    while end < len(expression):
        step = _STEP.match(expression, end)
        if step is None:
            return None
        found, end = _after(step, found, values), step.end()
    return found


def _after(step: "re.Match[str]", found: Known | None, values: Values) -> Known | None:
    """What a filter or a method makes of a value."""
    if step["text"] is not None or step["name"]:
        if found is not None:
            return found
        return values(step["name"]) if step["name"] else Known(step["text"])
    if found is None or step["same"] or step["empty"]:
        return found
    if step["between"]:
        between = "," if step["between"] == "," else _BLANK
        return Known(between.join(items_of(found.text) or [found.text]), found.told)
    if step["host"]:
        match = _HOST.match(found.text)
        return Known(match[1]) if match is not None else None
    pieces, number = found.text.split(step["by"]), int(step["number"])
    return Known(pieces[number]) if -len(pieces) <= number < len(pieces) else None
