"""What commands write into settings files: `sed -i`, `crudini --set`, a function of the script.

Of a substitution only the new text is known, so only a whole setting counts: a name that a client
knows, and its value. Sources: sed(1), crudini(1).
"""

import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

from certmend.model import lazy
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Entry, Key, Role, Span, Word
from certmend.observe.syntax import written

_SETTING = lazy.regex(
    r"[ \t]*(?:trusted-host|(?:extra-)?index-url|find-links|cert|strict-ssl|cafile|ssl_?verify|"
    r"verify_ssl|insecure)(?:[ \t]*[=:][ \t]*|$)",
    re.IGNORECASE,
)
_PUT = lazy.regex(r"[ \t]*(?:trusted-host|(?:extra-)?index-url|find-links|cert)[ \t]*=[ \t]*\S")
_INSTRUCTION = lazy.regex(
    r"[ \t]*(?:(?:ENV|ARG)[ \t]+(?!\w*EXTRA_INDEX|UV_INDEX)\w+[= \t]|"
    r"RUN[ \t]+\S*(?:pip|uv|conda|git|npm|curl|wget)\d?\b)"
)
_VARIABLE = lazy.regex(r"[ \t]*(?:export[ \t]+)?(?![A-Z0-9_]*EXTRA_INDEX|UV_INDEX)[A-Z][A-Z0-9_]*=")
"""Whole lines of a Dockerfile and of a file of variables. A second index is left alone: what the
file says of the first is not known."""
_OWN = lazy.regex(
    r"(?:\w*_)?(?:add|append|put|set|write|insert|ensure|update)(?:_\w*)?|"
    r"(?:add|append|put|set|write|insert|ensure|update)[A-Z]\w*"
)
"""What scripts call their functions that write a line into a file."""
_SUBSTITUTED = lazy.regex(r"(?:^|[;{}\d$]|(?<=/)) *s(?P<mark>[^\w\s\\])")
_ADDED = lazy.regex(r"(?:^|[;{}\d$/!]) *[aic](?:\\\n?|(?=[ \t]))[ \t]*(?P<text>\S[^\n]*)")
_IN_PLACE = lazy.regex(r"-[nErsz]*i.*|--in-place.*")


def entries(words: Sequence[Word], scope: str) -> list[Entry]:
    """The settings that a command puts into a file; nothing for other commands."""
    texts = [word.text for word in words]
    at = program_at(texts)
    name, rest = base_name(texts[at]), list(words[at + 1 :])
    if name == "crudini" and texts[at + 1 : at + 2] == ["--set"] and len(rest) == 5:
        return list(_set(rest[1], rest[2:], scope))
    if name in ("sed", "gsed") and any(_IN_PLACE.fullmatch(text) for text in texts[at + 1 :]):
        return _edited(rest, scope)
    found = _handed(rest, scope) if _OWN.fullmatch(texts[at]) else []
    return found + list(written.announced(rest, scope))


def _handed(words: list[Word], scope: str) -> list[Entry]:
    """What a function of the script's own is given to put into a file: `add "cert=x" pip.conf`."""
    targets = [word for word in words if _is(word.text, "pip-conf")]
    texts = [word for word in words if _PUT.match(word.text)] if len(targets) == 1 else []
    return [entry for text in texts for entry in written.entries(targets[0], text, scope)]


def _set(target: Word, words: list[Word], scope: str) -> Iterator[Entry]:
    section, key, value = words
    if _is(target.text, "pip-conf"):
        span = Span(section.span.start, value.span.end)
        path = (section.text, key.text)
        yield Key(client="pip", path=path, values=(value,), span=span, scope=scope)


def _edited(words: list[Word], scope: str) -> list[Entry]:
    """What each script of sed puts into each file."""
    plain = [word for word in words if not word.text.startswith("-")]
    scripts = [script for flag, script in itertools.pairwise(words) if flag.text == "-e"]
    scripts = scripts or plain[:1]
    targets = [(word, form) for word in plain if word not in scripts and (form := _line(word.text))]
    return [
        _without_removal(entry)  # sed would put nothing in instead
        for target, form in targets
        for script in scripts
        for text in _texts(script)
        if form.match(text.text)
        for entry in written.entries(target, text, scope)
    ]


def _without_removal(entry: Entry) -> Entry:
    removable = getattr(entry, "removal", None) is not None
    return msgspec.structs.replace(entry, removal=None) if removable else entry


def _line(path: str) -> re.Pattern[str] | None:
    """What a whole line of a file looks like that sed edits; None for files of other kinds."""
    from certmend.observe import kinds

    kind = kinds.by_name(path)
    if kind is None:
        return None
    if kind.name in ("dockerfile", "dotenv"):
        return _INSTRUCTION if kind.name == "dockerfile" else _VARIABLE
    return _SETTING if kind.role is Role.CONFIG else None


def _texts(script: Word) -> Iterator[Word]:
    """The new texts of a script: those that are put in, and those that replace others."""
    for match in _ADDED.finditer(script.text):
        yield written.unescaped(script.part(match.start("text"), match.end("text")))
    for match in _SUBSTITUTED.finditer(script.text):
        mark = re.escape(match["mark"])
        part = rf"(?:\\.|(?!{mark})[^\\])*"
        found = re.compile(rf"{part}{mark}({part}){mark}", re.DOTALL).match(
            script.text, match.end()
        )
        if found is not None:
            yield written.unescaped(script.part(found.start(1), found.end(1)))


def _is(path: str, name: str) -> bool:
    """Whether a file is one of settings, and of this kind."""
    from certmend.observe import kinds

    kind = kinds.by_name(path)
    return kind is not None and kind.role is Role.CONFIG and name in ("", kind.name)
