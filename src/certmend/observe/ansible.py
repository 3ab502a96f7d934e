"""What Ansible's variables hold in a file of a role, a playbook or an inventory.

They are looked for where Ansible does: in `defaults` and `vars` of the role, in the `vars:` of the
playbooks beside `roles`, and in `group_vars`, `host_vars` and `vars` of every folder above the
file, as far as the tree that is looked through goes; inventories may lie in a folder of their own.
Which value counts follows Ansible's order: `vars/main`, what plays set, other files of `vars`
(included by name), `host_vars` and the groups, the group `all`, the role's `defaults`. Only a run
knows the host and so its groups: of values that differ between them any that is not this machine's
own counts, as it is one that the tree uses; where all groups stay on this machine, the others still
have what stands further down. (Ansible's documentation: "Understanding variable precedence".)

Files are opened for what holds a `{{ name }}` alone: regular ones inside the tree, each once.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from certmend.model import lazy
from certmend.model.document import Span, Word, whole
from certmend.observe.python_definitions import Definitions
from certmend.observe.python_modules import Modules
from certmend.observe.syntax import jinja, pipeline_names, sections, yaml_tree
from certmend.observe.syntax.jinja import Known
from certmend.observe.variable_files import (
    Folder,
    Level,
    Names,
    Raw,
    VariableFiles,
    of_playbook,
    scalars,
)

_TEMPLATE = lazy.regex(r"(?:^|[/\\])templates[/\\]|\.(?:j2|jinja2?)$")
_LIKELY = lazy.regex(
    r"(?:^|[/\\])(?:roles|tasks|handlers|playbooks|group_vars|host_vars|defaults|templates)[/\\]"
)
"""Folders of Ansible's; elsewhere only a tree with variables in it is one of its own."""
_SECRET = lazy.regex(r"pass|secret|token|vault|credential|api_?key", re.IGNORECASE)
_LOOPBACK = lazy.regex(
    r"(?:\w+://)?(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d+){3}|0\.0\.0\.0)(?:[:/].*)?",
    re.IGNORECASE,
)
_BOUND = lazy.regex(
    r"\{%-?\s*(?:set|for)\s+(\w+)(?:\s*,\s*(\w+))?"
    r"|\b(?:register|loop_var|index_var):[ ]*['\"]?(\w+)"
)
"""Names that get a value when the file runs."""
_DEFINED = lazy.regex(
    r"^[ -]*['\"]?(\w+)['\"]?:[ ]+['\"]?(http://(?:\{\{[^{}\n]*\}\}|[^\s'\"#])+)", re.MULTILINE
)
_MAY_DEFINE = lazy.regex(rb"/simple\b|/pypi/|(?:pip3?|pypi)_(?:\w+_)?(?:index|url|mirror|repo)")
_SIZE_LIMIT = 1 << 20
"""Bytes of a file that values are put into."""
_DEPTH_LIMIT = 10
"""Variables in the value of a variable in the value of ..."""


class Filled(msgspec.Struct, frozen=True):
    """A file's text with the values put in."""

    text: Word
    places: tuple[Span, ...]
    """Where what stands in the text came from elsewhere."""
    settings: frozenset[str]
    """The variables of pip that are defined in it under other names."""

    @property
    def searched(self) -> str:
        """What a rule's texts are looked for in."""
        return "\n".join((self.text.text, *sorted(self.settings)))


class Variables:
    """The variables of the trees that are looked through; keeps what it has read."""

    def __init__(self, tops: tuple[str, ...] = (), listed: Sequence[str] = ()) -> None:
        self._files = VariableFiles(tops)
        self.tops = tops
        self.modules = Modules(listed)
        """Python's own: constants of one module may be settings of another."""
        self.definitions = Definitions(listed)
        """And classes of one are derived from those of another."""

    def concern(self, path: str, kind: str, content: bytes) -> bool:
        """Whether a file is one that variables may change the meaning of, before it is decoded."""
        if (kind != "yaml" and not _TEMPLATE.search(path)) or len(content) > _SIZE_LIMIT:
            return False
        return b"{{" in content or (kind == "yaml" and b"http://" in content)

    def may_define(self, path: str, kind: str, lower: bytes) -> bool:
        """Whether an index may be defined in a file under a name of somebody's own."""
        holds = b"vars:" in lower or pipeline_names.VARIABLES_FILE.search(path)
        return kind == "yaml" and bool(holds and _MAY_DEFINE.search(lower))

    def filled(self, path: str, kind: str, text: str) -> Filled | None:
        """A file's text with what is known put in; None where that changes nothing."""
        is_yaml = kind == "yaml"
        word = whole(text)
        word = word.part(1, len(text)) if text.startswith("\ufeff") else word
        places: tuple[Span, ...] = ()
        if jinja.EXPRESSION.search(text):
            in_force = self._in_force(path, word, is_yaml=is_yaml)
            if in_force is not None:
                word, places = jinja.filled(word, in_force)
        settings = _settings(path, word.text) if is_yaml else frozenset[str]()
        return Filled(word, places, settings) if places or settings else None

    def _in_force(self, path: str, text: Word, *, is_yaml: bool) -> "_InForce | None":
        folders = self._files.above(path)
        own: Names = {}
        bound = [name for found in _BOUND.findall(text.text) for name in found if name]
        looped = {
            one[1]: one[2] for one in jinja.LOOP.finditer(text.text) if bound.count(one[1]) == 1
        }
        set_later = {*bound} - looped.keys()
        is_variables = bool(pipeline_names.VARIABLES_FILE.search(path))
        if is_variables and not self._files.holds(path):
            own = scalars(yaml_tree.read(text), is_linted=True)
        elif is_yaml and ("vars:" in text.text or "set_fact" in text.text):
            own, made = of_playbook(yaml_tree.read(text))
            set_later |= made
        if not (own or any(folder.levels for folder in folders) or _LIKELY.search(path)):
            return None
        return _InForce(folders, own, set_later, looped, own_last=is_variables)


def _settings(path: str, text: str) -> frozenset[str]:
    """The variables of pip that stand in a file, as far as one look at its lines tells."""
    if "http://" not in text or not (pipeline_names.VARIABLES_FILE.search(path) or "vars:" in text):
        return frozenset()
    found = (pipeline_names.setting_of(m[1], m[2], defined=True) for m in _DEFINED.finditer(text))
    return frozenset(name for name in found if name)


class _InForce:
    """The values of variables in one file."""

    def __init__(
        self,
        folders: list[Folder],
        own: Names,
        set_later: set[str],
        looped: Mapping[str, str],
        *,
        own_last: bool,
    ) -> None:
        found = [
            (level, folder.levels[level])
            for level in Level
            for folder in folders
            if level in folder.levels
        ]
        mine = [(Level.MAIN, own)] if own else []
        self._layers = [*found, *mine] if own_last else [*mine, *found]
        self._set_later = set_later
        self._looped = looped
        """The lists of loops, by the names of their items."""
        self._found: dict[str, Known | None] = {}
        self._depth = 0

    def __call__(self, name: str) -> Known | None:
        if name not in self._found and self._depth < _DEPTH_LIMIT:
            self._found[name] = None  # a value that holds itself is not known
            if name.partition(".")[0] not in self._set_later and not _SECRET.search(name):
                self._depth += 1
                self._found[name] = self._item(name) if name in self._looped else self._chosen(name)
                self._depth -= 1
        return self._found.get(name)

    def _item(self, name: str) -> Known | None:
        """An item of a loop: the first that is not this machine's own stands for them all."""
        listed = self(self._looped[name])
        items = jinja.items_of(listed.text) if listed is not None else []
        return next((Known(one) for one in items if not _LOOPBACK.fullmatch(one)), None)

    def _chosen(self, name: str) -> Known | None:
        """The first value that is not this machine's own; else the first."""
        first: Known | None = None
        for level, values in self._layers:
            given = values.get(name, ())
            for raw in given:
                known = self._known(name, raw)
                if known.text and not _LOOPBACK.fullmatch(known.text):
                    return known
                first = first or known
            if given and level.is_for_all:
                break
        return first if first is not None and first.text else None

    def _known(self, name: str, raw: Raw) -> Known:
        text = jinja.expanded(raw.text, self)
        key = name.rpartition(".")[2]
        named = pipeline_names.setting_of(key, text, defined=True) and not jinja.items_of(text)
        return Known(text, raw.is_linted and bool(named or sections.tells(name)))
