"""What PowerShell's own variables hold, where a text is written there, and the hosts of URLs.

Sources: about_Variables, about_Assignment_Operators and about_Quoting_Rules of PowerShell's
documentation; System.Uri of .NET's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from certmend.model import lazy
from certmend.model.document import Word
from certmend.observe.syntax.shell_tokens import joined

ASSIGNED = "\ue001"
"""Stands for the `$` of a variable that gets a value: it is not looked up there."""
_HOST_OF = (
    r"(?:\(\[(?:System\.)?Uri\][ \t]*|\[(?:System\.)?Uri\]::new\([ \t]*|"
    r"\(New-Object[ \t]+(?:System\.)?Uri[ \t(]*)"
    r"(?P<mark>[\"']?)(?P<read>\$\w+|https?://[^\s\"')]+)(?P=mark)[ \t]*\){1,2}"
    r"\.(?:Host|DnsSafeHost|IdnHost|Authority)\b"
)
_HOST = lazy.regex(_HOST_OF, re.IGNORECASE)
_ASSIGNMENT = lazy.regex(
    r"(?:^|[;{(,])[ \t]*(?:\[\w+\][ \t]*)?\$(?:(?:script|global|local):)?(?P<name>\w+)[ \t]*"
    r"(?P<how>[-+*]?=)(?!=)[ \t]*(?:(?:(?P<quote>['\"])(?P<value>[^'\"\r\n]*)(?P=quote)|"
    r"(?P<host>" + _HOST_OF + r"))[ \t]*(?=\r?$|[;})#,]))?",
    re.MULTILINE | re.IGNORECASE,
)
_SIGN = lazy.regex(
    r"(?P<before>(?:^|[;{(])[ \t]*(?:\[\w+\][ \t]*)?)\$(?=(?:\w+:)?\w+[ \t]*[-+*]?=)", re.MULTILINE
)
_READ = lazy.regex(r"\$\((?:\$(\w+))\)|\$\{(\w+)\}|\$(?!env:)(\w+)", re.IGNORECASE)
_URL_HOST = lazy.regex(r"https?://(?:[^/@]*@)?([A-Za-z0-9][\w.-]*)", re.IGNORECASE)
_VALUE_LIMIT = 2000
"""A value that is longer is no address."""

_EXPRESSION = lazy.regex(
    r"(?=[$(\[])(?!\$\()[^,\n]*?(?:[ \t]-\w+[ \t]|[\])\w]\.\w+\(|^\(|^\[)[^\n]*", re.IGNORECASE
)
"""What stands unquoted and is worked out: `$url -replace 'a','b'`, `$url.Trim()`, `(Get-X)`."""


def as_expression(value: Word) -> Word:
    """A value as a subexpression where it is worked out from others; its words are none of it."""
    if not _EXPRESSION.fullmatch(value.text):
        return value
    first, last = value.at[0], value.at[-1]
    return Word(
        text=f"$({value.text})", at=[first, first, *value.at, last], span=value.span, dynamic=True
    )


class Values:
    """The values of a script's own variables, by where they are set."""

    def __init__(self, script: Word, text: str) -> None:
        self._places: dict[str, list[int]] = {}
        self._values: dict[str, list[Word | None]] = {}
        for match in _ASSIGNMENT.finditer(text) if "$" in text else ():
            place = script.place(*match.span("name")).start
            self._set(match["name"], place, self._value(match, script, place))

    def _set(self, name: str, place: int, value: Word | None) -> None:
        self._places.setdefault(name.upper(), []).append(place)
        self._values.setdefault(name.upper(), []).append(value)

    def _value(self, match: re.Match[str], script: Word, place: int) -> Word | None:
        """What is assigned; None where that is known only when it runs."""
        if match["how"] != "=":
            return None
        if match["host"] is not None:
            return self.host(script.part(*match.span("host")), place)
        if match["value"] is None:
            return None
        value = script.part(*match.span("value"))
        if match["quote"] == "'":
            return value
        value = self.expanded(value, place)
        return None if "$(" in value.text else value

    def before(self, name: str, place: int) -> Word | None:
        """What a variable holds at a place of the file, so far as it is known."""
        number = bisect_left(self._places.get(name.upper(), ()), place)
        return self._values[name.upper()][number - 1] if number else None

    def host(self, text: Word, place: int) -> Word | None:
        """The host that `([uri]$url).Host` is."""
        match = _HOST.fullmatch(text.text)
        if match is None:
            return None
        url: Word | None = text.part(*match.span("read"))
        if match["read"].startswith("$"):
            url = self.before(match["read"][1:], place)
        found = _URL_HOST.match(url.text) if url is not None else None
        return url.part(*found.span(1)) if url is not None and found is not None else None

    def expanded(self, value: Word, place: int) -> Word:
        """A text with the variables put in that are known."""
        if (host := self.host(value, place)) is not None:
            return host
        pieces = list(self._pieces(value, place)) if "$" in value.text else []
        whole = joined(pieces, "", value.span) if len(pieces) > 1 else value
        return whole if len(whole.text) <= _VALUE_LIMIT else value

    def _pieces(self, value: Word, place: int) -> Iterator[Word]:
        last = 0
        for match in _READ.finditer(value.text):
            held = self.before(match[1] or match[2] or match[3], place)
            if held is not None:
                yield value.part(last, match.start())
                yield held
                last = match.end()
        yield value.part(last, len(value.text))

    def signed(self, script: Word, text: str) -> str:
        """A script in which no variable is looked up where it gets a value.

        `([uri]$url).Host` becomes a variable that holds the host.
        """
        text = _SIGN.sub(lambda match: match["before"] + ASSIGNED, text)
        return _HOST.sub(lambda match: self._named(match, script), text)

    def _named(self, match: re.Match[str], script: Word) -> str:
        name = f"_uri{match.start()}"
        place = script.place(*match.span()).start
        self._set(name, 0, self.host(script.part(*match.span()), place))
        return f"${name}".ljust(len(match.group()))[: len(match.group())]
