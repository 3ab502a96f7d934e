"""The sections of a pip.conf or a .gitconfig that variables of YAML hold, for a template to write.

Names are as the tools have them, `_` for `-` allowed. Sources: pip's documentation, "Configuration"
(global, or the name of a command); git-config(1), "Syntax".
"""

from certmend.model import lazy
from certmend.model.document import Entry, Key, Span
from certmend.observe.syntax.tree import Node, Pair

_PIP = lazy.regex(r"(?:\w+_)?pip3?(?:_?(?:conf|config|configuration|cfg|ini|settings|options))?")
_GIT = lazy.regex(r"(?:\w+_)?git(?:_?(?:conf|config|configuration|cfg|settings|options|global))?")
_PIP_SECTIONS = frozenset(("global", "install", "download", "wheel", "search", "list", "site"))
_PIP_KEYS = frozenset(("trusted_host", "trusted_hosts", "index_url", "extra_index_url"))


def entries(name: str, value: Node, scope: str) -> list[Entry]:
    """The keys below one variable, by its name and its shape; nothing when it is no such one."""
    name = name.lower().replace("-", "_")
    pairs = value.pairs or ()
    if _PIP.fullmatch(name):
        found = [
            _key("pip", (pair.key.text.lower(), one.key.text.lower()), one, scope)
            for pair in pairs
            if pair.key.text.lower() in _PIP_SECTIONS
            for one in pair.value.pairs or ()
        ]
        flat = [p for p in pairs if p.key.text.lower().replace("-", "_") in _PIP_KEYS]
        found += [_key("pip", ("global", pair.key.text.lower()), pair, scope) for pair in flat]
    elif _GIT.fullmatch(name):
        found = [
            _key("git", (pair.key.text.lower(), one.key.text), one, scope)
            for pair in pairs
            if pair.key.text.lower() in ("http", "https")
            for one in pair.value.pairs or ()
        ]
    else:
        return []
    return [key for key in found if key is not None]


def row(node: Node, scope: str) -> list[Entry]:
    """A line of a pip.conf as one item of a list of them: its section, option and value."""
    option = node.text("option") or node.text("key")
    if option.lower().replace("-", "_") not in _PIP_KEYS:
        return []
    if node.text("section").lower() not in _PIP_SECTIONS or node.text("state") == "absent":
        return []
    if any(node.get(name) is not None for name in ("path", "dest")):
        return []  # a task, whose file decides
    held = next((pair for pair in node.pairs or () if pair.key.text == "value"), None)
    key = _key("pip", (node.text("section").lower(), option.lower()), held, scope) if held else None
    return [key] if key is not None else []


def tells(name: str) -> bool:
    """Whether a variable's dotted name is that of a key that is found where it is defined."""
    first, *between = name.lower().replace("-", "_").split(".")
    key = between.pop() if between else ""
    if not _PIP.fullmatch(first) or key not in _PIP_KEYS:
        return False
    return not between or (len(between) == 1 and between[0] in _PIP_SECTIONS)


def _key(client: str, path: tuple[str, str], pair: Pair, scope: str) -> Key | None:
    words = pair.value.scalars()
    if not words:
        return None
    section, option = path
    option = option.replace("_", "-").replace("trusted-hosts", "trusted-host")
    span = Span(pair.key.span.start, words[-1].span.end)
    return Key(client=client, path=(section, option), values=tuple(words), span=span, scope=scope)
