"""The tasks of Ansible that install, fetch, copy or configure: the ones rules look at.

A task's arguments stand below it, or behind it on one line as `name=value`. Sources: the
documentation of the modules pip, ini_file, git_config, copy, template, get_url and their like.
"""

from collections.abc import Sequence

from certmend.model import lazy
from certmend.model.document import Copied, Entry, Key, Word
from certmend.observe.syntax import argv, sections, written
from certmend.observe.syntax.shell_words import Lexer
from certmend.observe.syntax.tree import Node

DESTINATIONS = ("dest", "path", "target", "filename", "file", "destination")
CONTENTS = ("content", "contents", "line", "block", "text")
_FETCHERS = frozenset(("get_url", "uri", "unarchive", "yum", "dnf"))
_COPIERS = frozenset(("copy", "template"))
_MODULES = frozenset(
    (*_FETCHERS, *_COPIERS, "pip", "lineinfile", "blockinfile", "git_config", "ini_file")
)

_LOOPED = frozenset(("get_url", "uri", "lineinfile", "git_config", "ini_file"))
_ITEM = lazy.regex(r"\{\{-?\s*item(?:\.(\w+)|\[['\"](\w+)['\"]\])?\s*-?\}\}")

_Given = dict[str, list[Word]]


def task(name: str, value: Node, scope: str, loop: Node | None = None) -> list[Entry]:
    """What a task of this name says, for each item of its loop, or a variable of that name."""
    module = name.lower().rsplit(".", 1)[-1]
    if module not in _MODULES:
        return sections.entries(name, value, scope)
    given = _given(value)
    if any(word.text == "absent" for word in given.get("state", ())):
        return []
    if module in _LOOPED and loop is not None and loop.items:
        each = [_for_item(given, item) for item in loop.items]
        return [entry for one in each for entry in _entries(module, one, value, scope)]
    return _entries(module, given, value, scope)


def _for_item(given: _Given, item: Node) -> _Given:
    return {name: [_of_item(word, item) for word in words] for name, words in given.items()}


def _of_item(word: Word, item: Node) -> Word:
    """A word, or what an item gives in its place."""
    match = _ITEM.fullmatch(word.text.strip())
    if match is None:
        return word
    name = match[1] or match[2]
    found = item.get(name) if name else item
    return found.scalar if found is not None and found.scalar is not None else word


def _entries(module: str, given: _Given, value: Node, scope: str) -> list[Entry]:
    if module == "pip":
        return _installed(given, value, scope)
    if module in ("ini_file", "git_config"):
        is_task = given.get("value")
        return _setting(module, given, scope) if is_task else sections.entries(module, value, scope)
    if module in _FETCHERS:
        return _fetched(module, given, value, scope)
    if module in _COPIERS and given.get("dest") and (given.get("src") or given.get("content")):
        found = [_copied(given.get("src", []), given["dest"][0], value, scope)]
        return [*found, *(_written(given, scope) if value.pairs is None else ())]
    return _written(given, scope) if value.pairs is None else []


def _fetched(module: str, given: _Given, value: Node, scope: str) -> list[Entry]:
    """What is fetched, where to, and whether it is verified."""
    address = given.get("url") or given.get("src") or given.get("name") or []
    found: list[Entry] = []
    if given.get("validate_certs"):
        values = (*given["validate_certs"], *address)
        found.append(_key("ansible", (module, "validate_certs"), values, scope))
    if module in ("get_url", "uri") and given.get("url") and given.get("dest"):
        found.append(_copied(given["url"], given["dest"][0], value, scope))
    return found


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
    options = [one for word in given.get("extra_args", ()) for one in words(word)]
    if not options and not given.get("name") and not given.get("requirements"):
        return sections.entries("pip", value, scope)
    place = options[0].span if options else value.span
    start = [Word(text=text, at=[], span=place) for text in ("pip", "install")]
    return argv.entries([*start, *options], scope)


def _setting(module: str, given: _Given, scope: str) -> list[Entry]:
    def text(name: str) -> str:
        return "".join(word.text for word in given.get(name, ())[:1])

    if module == "git_config":
        return [_key("git", tuple(text("name").split(".")), given["value"], scope)]
    target = text("path") or text("dest")
    if target.rsplit("/", 1)[-1].lower() not in ("pip.conf", "pip.ini"):
        return []
    return [_key("pip", (text("section"), text("option")), given["value"], scope)]


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
