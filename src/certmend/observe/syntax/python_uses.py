"""Which names of other modules a Python program tells its clients to verify with.

It is read as text: hundreds of files may be looked through for one constant. Sources: Python's
language reference, "The import system"; Flask's "Configuration Handling".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from certmend.model import lazy, switch_names
from certmend.model.constant import Off
from certmend.observe.syntax import python_aiohttp
from certmend.observe.syntax import python_names as names

_NAME = (
    r"[A-Za-z_]\w*(?:\(\))?(?:\.get\([ ]?['\"]\w+['\"][^()\n]{0,20}\)|"
    r"\.[A-Za-z_]\w*(?:\(\))?|\[['\"]\w+['\"]\]){0,6}"
)
"""A name, its attributes and entries, and what functions without arguments give."""
_ARGUMENT = (
    r"verify(?:_\w+)?|\w{1,40}_verify|(?:ssl|tls|https|certs?|validate|check)_\w+|"
    r"ssl|insecure\w*|(?:skip|disable|ignore|no|allow|accept|trust)_\w+|tlsAllowInvalidCertificates"
)
_USED = lazy.regex(
    rf"(?:\b(?P<argument>{_ARGUMENT})(?:[ ]?:[ ]?[\w.]{{1,30}})?[ ]?=[ ]?|"
    r"['\"](?P<entry>verify|verify_certs)['\"][ ]?:[ ]?)(?P<negated>not[ ]+)?(?:bool\()?"
    r"(?:getattr\((?P<owner>[\w.]{1,80}),\s?['\"](?P<attribute>\w+)['\"]|"
    rf"(?P<name>{_NAME})(?![\w.(\[]))"
)
_SIGN = lazy.regex(r"verif|ssl|tls|cert|insecure|hostname")
"""One of these stands in each such name."""
_UNPACKED = lazy.regex(rf"\*\*[ ]?(?P<name>(?!kw|opt|param|arg|self\.){_NAME})(?![\w.(\[])")
_FROM = lazy.regex(
    r"^[ \t]*from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+"
    r"(?:\((?P<several>[^)]*)\)|(?P<one>[^\n#]*))",
    re.MULTILINE,
)
_IMPORT = lazy.regex(r"^[ \t]*import[ \t]+(?P<modules>[\w., \t]+)", re.MULTILINE)
_GIVEN = lazy.regex(
    rf"^[ \t]*(?P<target>(?:self\.)?[A-Za-z_]\w*)[ \t]*(?::[^=\n]{{1,60}})?=(?!=)[ \t]*"
    rf"(?:(?P<value>{_NAME})[ \t]*(?:#.*)?\r?$)?",
    re.MULTILINE,
)
_STEP = lazy.regex(r"\(\)|\.get\([ ]?['\"](\w+)['\"][^)]*\)|\[['\"](\w+)['\"]\]")
_OF_FLASK = lazy.regex(
    r"(?:^|\.)(?:current_app|app|application|flask_app)\.config"
    r"(?:\.get\([ ]?|\[)['\"](?P<key>[A-Z]\w*)['\"][^\])]*[\])]"
)
_CALLEE = lazy.regex(r"[\w.]*\Z")
_HOLDER = lazy.regex(r"(?:\*\*|(?P<name>[A-Za-z_][\w.]*)(?:[ ]?:[^=\n]{1,60})?[ ]?=)[ ]?\Z")
_MODES = frozenset(("cert_reqs", "ssl_cert_reqs", "verify_mode"))
_CALL_LIMIT = 2000
"""So many characters before an argument its call may begin."""


class Use(NamedTuple):
    """What a module tells a client to verify with."""

    name: str
    """In full: the module that it was imported from, and its own."""
    off: Off = Off.FALSE
    """With which value nothing is verified."""
    key: str = ""
    """Under which the configuration of a Flask application holds it, then the entries below."""
    takes: tuple[str, ...] = ()
    """Of a mapping that is unpacked: which of `verify` and `ssl` its call takes for a switch."""


class Imports:
    """What the names of one module stand for."""

    def __init__(self, text: str) -> None:
        self.full: dict[str, str] = {}
        """The names that are imported, each with its full one."""
        self.stars: list[str] = []
        """The modules that are taken whole."""
        self._text = text
        self._given: dict[str, set[str]] | None = None
        for match in _FROM.finditer(text):
            module = match["module"]
            for name, alias in _aliases(match["several"] or match["one"] or ""):
                if name == "*":
                    self.stars.append(module)
                self.full[alias or name] = f"{module}{'' if module.endswith('.') else '.'}{name}"
        for match in _IMPORT.finditer(text):
            for name, alias in _aliases(match["modules"]):
                first = name.partition(".")[0]
                self.full[alias or first] = name if alias else first

    def speaks(self, modules: frozenset[str]) -> bool:
        """Whether one of these libraries is imported."""
        return any(full.partition(".")[0] in modules for full in self.full.values())

    def uses(self, written: str) -> Iterator[Use]:
        """What an expression stands for, where it comes from another module."""
        for _ in range(3):
            head = re.match(r"(?:self\.)?\w+", written)
            first = head.group() if head is not None else ""
            full = self.full.get(first, first) + written[len(first) :]
            if (flask := _OF_FLASK.search(full)) and "flask" in self._text.lower():
                yield Use("", key=flask["key"] + _plain(full[flask.end() :]))
                return
            if first in self.full:
                yield Use(_plain(full))
                return
            values = self._values().get(first, set())
            if len(values) != 1 or "" in values:
                break
            written = next(iter(values)) + written[len(first) :]
        if not self._values().get(first):
            yield from (Use(_plain(f"{star}.{written}")) for star in self.stars)

    def _values(self) -> dict[str, set[str]]:
        """The names that names of the module are given; an empty one for anything else."""
        if self._given is None:
            self._given = {}
            for match in _GIVEN.finditer(self._text):
                self._given.setdefault(match["target"], set()).add(match["value"] or "")
        return self._given


def told(text: str) -> Iterator[Use]:
    """What arguments and attributes that switch verification are given."""
    imports: Imports | None = None
    for one in (one for line in _lines(text) for one in _USED.finditer(text, *line)):
        if one["argument"] and not names.is_switch(one["argument"]):
            continue
        imports = imports or Imports(text)
        argument = one["argument"] or one["entry"]
        if names.OTHER.search(_line(text, one)) or not _is_taken(argument, imports, text, one):
            continue
        off = _off(argument)
        off = off.negated() if one["negated"] else off
        written = one["name"] or f"{one['owner']}.{one['attribute']}"
        for use in imports.uses(written):
            if use.key or not _is_changed(written, text):
                yield use._replace(off=off)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines begin and end that may hold a switch: most are passed over at once."""
    end = 0
    while sign := _SIGN.search(text, end):
        begin = text.rfind("\n", 0, sign.start()) + 1
        end = text.find("\n", sign.end())
        end = len(text) if end < 0 else end
        yield begin, end


def unpacked(text: str) -> Iterator[Use]:
    """The mappings that are a call's arguments: `requests.get(url, **REQUEST)`."""
    imports: Imports | None = None
    for one in _UNPACKED.finditer(text):
        callee = _callee(text, one.start())
        last = callee.rpartition(".")[2]
        asks = last not in names.HELD and (last[:1].isupper() or names.VERB.search(last))
        if not asks or names.OTHER.search(callee):
            continue
        imports = imports or Imports(text)
        kinds = [("verify", names.HTTP_MODULES)]
        kinds += [("ssl", python_aiohttp.MODULES)] if python_aiohttp.takes_switch(callee) else []
        takes = tuple(name for name, modules in kinds if imports.speaks(modules))
        yield from (use._replace(takes=takes) for use in imports.uses(one["name"]))


def _is_taken(argument: str, imports: Imports, text: str, match: re.Match[str]) -> bool:
    """Whether an argument of this name is a switch where it stands."""
    if match["entry"] and not _is_of_arguments(text, match.start()):
        return False
    if argument == "verify":
        return imports.speaks(names.HTTP_MODULES)
    if argument == "ssl":
        last = _callee(text, match.start()).rpartition(".")[2]
        asks = last in names.METHODS or last in ("TCPConnector", "request", "ws_connect")
        return asks and imports.speaks(names.AIO)
    if switch_names.skips(argument):
        last = _callee(text, match.start()).rpartition(".")[2]
        return bool(last) and (switch_names.is_of_tls(argument) or names.verifies(last))
    return True


def _is_changed(written: str, text: str) -> bool:
    """Whether a module gives what it uses another value: `settings.VERIFY = args.verify`."""
    stored = rf"^[ \t]*{re.escape(written)}[ \t]*=(?!=)"
    return "." in written and re.search(stored, text, re.MULTILINE) is not None


def _off(argument: str) -> Off:
    if argument in _MODES:
        return Off.MODE
    skips = switch_names.skips(argument) or argument in names.SWITCHES_ON
    return Off.TRUE if skips else Off.FALSE


def _callee(text: str, place: int) -> str:
    """The function that a place is an argument of; nothing where it is none's."""
    before = _before(text, place, "(")
    match = _CALLEE.search(text, max(before - 100, 0), before) if before >= 0 else None
    return match.group() if match is not None else ""


def _is_of_arguments(text: str, place: int) -> bool:
    """Whether an entry stands in a mapping that a call is given as its arguments."""
    before = _before(text, place, "{")
    match = _HOLDER.search(text, max(before - 100, 0), before) if before >= 0 else None
    if match is None:
        return False
    name = match["name"]
    return name is None or bool(names.ARGUMENTS.search(name)) or f"**{name}" in text


def _before(text: str, place: int, bracket: str) -> int:
    """Where the bracket is that opens around a place, if it is of this kind; else -1."""
    open_ = 0
    for at in range(place - 1, max(place - _CALL_LIMIT, 0) - 1, -1):
        if text[at] in ")]}":
            open_ += 1
        elif text[at] in "([{":
            if not open_:
                return at if text[at] == bracket else -1
            open_ -= 1
    return -1


def _plain(written: str) -> str:
    """A dotted name, whether attributes or entries lead to it."""
    return _STEP.sub(lambda one: f".{one[1] or one[2]}" if one[1] or one[2] else "", written)


def _aliases(listed: str) -> Iterator[tuple[str, str]]:
    for one in listed.replace("\n", " ").split(","):
        words = one.split("#")[0].split()
        if words:
            yield words[0], words[2] if len(words) == 3 and words[1] == "as" else ""


def _line(text: str, match: re.Match[str]) -> str:
    return text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
