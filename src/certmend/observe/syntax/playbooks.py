"""The tasks of Ansible that install, fetch, copy or configure: the ones rules look at.

A task's arguments stand below it, or behind it on one line as `name=value`. Sources: the
documentation of the modules pip, ini_file, git_config, copy, template, get_url and their like.
"""

from collections.abc import Sequence
from itertools import chain

from certmend.model import lazy
from certmend.model.document import Copied, Entry, Key, Word
from certmend.observe.syntax import argv, loops, pipeline_names, sections, written
from certmend.observe.syntax.shell_words import Lexer
from certmend.observe.syntax.tree import Node

DESTINATIONS = ("dest", "path", "target", "filename", "file", "destination")
CONTENTS = ("content", "contents", "line", "block", "text")
_FETCHERS = frozenset(("get_url", "uri", "unarchive", "yum", "dnf"))
_COPIERS = frozenset(("copy", "template"))
_MODULES = frozenset(
    (
        *_FETCHERS,
        *_COPIERS,
        "pip",
        "pipx",
        "lineinfile",
        "blockinfile",
        "replace",
        "git_config",
        "ini_file",
    )
)

_LOOPED = _MODULES - {"yum", "dnf", "blockinfile"}

_BACKWARD = lazy.regex(r"\\(?:\d|g<)")
_EXPRESSION = lazy.regex(r"\{\{[^{}]*['\"]-[^{}]*\}\}")
"""An expression with options among its literals."""
_LISTED = lazy.regex(r"\{\{\s*\[[^\[\]]*\]\s*\|\s*join\(")
_LITERAL = lazy.regex(r"(?P<quote>['\"])(?P<text>[^'\"]+)(?P=quote)")

_Given = dict[str, list[Word]]


def task(name: str, value: Node, scope: str, listed: Sequence[Node] = ()) -> list[Entry]:
    """What a task of this name says, for each item of its loop, or a variable of that name."""
    module = name.lower().rsplit(".", 1)[-1]
    if module not in _MODULES:
        return sections.entries(name, value, scope)
    given = _given(value)
    if any(word.text == "absent" for word in given.get("state", ())):
        return []
    if module in _LOOPED and listed and any(map(loops.names_item, chain(*given.values()))):
        # A variable with its value is told where the two stand.
        left = [one for one in listed if not pipeline_names.CLIENTS.fullmatch(one.text("name"))]
        each = [_for_item(given, item) for item in left]
        return [entry for one in each for entry in _entries(module, one, value, scope, new=True)]
    return _entries(module, given, value, scope, new=value.pairs is None)


def _for_item(given: _Given, item: Node) -> _Given:
    return {name: [loops.of_item(word, item) for word in words] for name, words in given.items()}


def _entries(module: str, given: _Given, value: Node, scope: str, *, new: bool) -> list[Entry]:
    """What one run of a module says; a text that is not `new` is read where its mapping is."""
    if module in ("pip", "pipx"):
        return _installed(given, value, scope)
    if module in ("ini_file", "git_config"):
        is_task = given.get("value") or given.get("values")
        return _setting(module, given, scope) if is_task else sections.entries(module, value, scope)
    if module in _FETCHERS:
        return _fetched(module, given, value, scope)
    if module in _COPIERS and given.get("dest") and (given.get("src") or given.get("content")):
        found = [_copied(given.get("src", []), given["dest"][0], value, scope)]
        return [*found, *(_written(given, scope) if new else ())]
    if module == "replace":
        return _written({**given, "content": _whole(given.get("replace", []))}, scope)
    return _written(given, scope) if new else []


def _whole(replacement: Sequence[Word]) -> list[Word]:
    """What takes the place of a text, where it keeps no part of it."""
    return [word for word in replacement if not _BACKWARD.search(word.text)]


def _fetched(module: str, given: _Given, value: Node, scope: str) -> list[Entry]:
    """What is fetched, where to, and whether it is verified."""
    address = given.get("url") or given.get("src") or given.get("name") or []
    found: list[Entry] = []
    if given.get("validate_certs") and (module != "uri" or _is_saved(given)):
        values = (*given["validate_certs"][:1], *address[:1], *given.get("dest", ())[:1])
        found.append(_key("ansible", (module, "validate_certs"), values, scope))
    if module in ("get_url", "uri") and given.get("url") and given.get("dest"):
        found.append(_copied(given["url"], given["dest"][0], value, scope))
    return found


def _is_saved(given: _Given) -> bool:
    """Whether `uri` fetches a file; without `dest`, or with another method, it asks a service."""
    method = given.get("method")
    return bool(given.get("dest")) and (not method or method[0].text.upper() == "GET")


def _copied(sources: Sequence[Word], target: Word, value: Node, scope: str) -> Copied:
    return Copied(sources=tuple(sources[:1]), target=target, span=value.span, scope=scope)


def _given(value: Node) -> _Given:
    if value.pairs is not None:
        return {pair.key.text: pair.value.scalars() for pair in value.pairs}
    given: _Given = {}
    for word in words(value.scalar) if value.scalar is not None else ():
        name, equals, _ = word.text.partition("=")
        if equals:
            given[name] = [word.part(len(name) + 1, len(word.text))]
    return given


def words(text: Word) -> list[Word]:
    """The words of a line, as a shell parts them."""
    return [token.word for token in Lexer(text, lambda _: None).tokens() if token.word]


def _installed(given: _Given, value: Node, scope: str) -> list[Entry]:
    """`pip:` runs `pip install` with its `extra_args`."""
    options = [one for word in given.get("extra_args", ()) for one in _options(word)]
    for word in given.get("index_url", ()):
        options += [Word(text="--index-url", at=[], span=word.span), word]
    if not options and not given.get("name") and not given.get("requirements"):
        return sections.entries("pip", value, scope)
    place = options[0].span if options else value.span
    start = [Word(text=text, at=[], span=place) for text in ("pip", "install")]
    return argv.entries([*start, *options], scope)


def _options(text: Word) -> list[Word]:
    """The words of some options, those in the literals of an expression among them."""
    found: list[Word] = []
    last = 0
    for match in _EXPRESSION.finditer(text.text):
        found += words(text.part(last, match.start()))
        listed = _LISTED.match(match.group())
        for one in _LITERAL.finditer(text.text, *match.span()):
            if listed or _is_options(one["text"]):
                found += words(text.part(*one.span("text")))
        last = match.end()
    return found + words(text.part(last, len(text.text))) if last else words(text)


def _is_options(literal: str) -> bool:
    return literal.startswith("-") and literal[-1] not in " =-"


def _setting(module: str, given: _Given, scope: str) -> list[Entry]:
    def text(name: str) -> str:
        return "".join(word.text for word in given.get(name, ())[:1])

    values = given.get("value") or given["values"]
    if module == "git_config":
        return [_key("git", tuple(text("name").split(".")), values, scope)]
    target = text("path") or text("dest")
    if target.rsplit("/", 1)[-1].lower() not in ("pip.conf", "pip.ini"):
        return []
    return [_key("pip", (text("section"), text("option")), values, scope)]


def _written(given: _Given, scope: str) -> list[Entry]:
    target = next((given[name][0] for name in DESTINATIONS if given.get(name)), None)
    content = next((given[name][0] for name in CONTENTS if given.get(name)), None)
    if target is None or content is None:
        return []
    return written.entries(target, content, scope)


def _key(client: str, path: tuple[str, ...], values: Sequence[Word], scope: str) -> Key:
    return Key(client=client, path=path, values=tuple(values), span=values[0].span, scope=scope)


def is_task_list(node: Node) -> bool:
    """Whether a file is a list of tasks, which run one after the other, and not of plays."""
    return not any(item.get("hosts") or item.get("import_playbook") for item in node.items or ())
