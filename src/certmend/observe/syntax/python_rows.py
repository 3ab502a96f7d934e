"""Whose options a row of arguments holds: a list, a tuple, or what a call is given one by one.

The client is often not among them: `pip_cmd + ["install", ...]`, `[str(pip), "install", ...]`,
`args += ["-i", URL, "--trusted-host", HOST]`, `git("-c", ...)`. Then it is told by pip's own words
in the row, by the name of what is called, or by what else the program says. Source: the reference
of `pip install`.
"""

import ast
import itertools
import re
from collections.abc import Sequence
from functools import cached_property

from certmend.model import lazy
from certmend.model.commandline import base_name
from certmend.model.document import Span, Word
from certmend.observe.syntax import python_handed
from certmend.observe.syntax.python_texts import Texts, owner_of

_INDEX = lazy.regex(r"(--(?:trusted-host|(?:extra-)?index-url))(?:=.*)?", re.DOTALL)
"""Options that other programs have as well."""
_VERBS = frozenset(("install", "download", "wheel"))
_OWN = frozenset(
    (
        "--find-links", "--no-index", "--no-deps", "--no-cache-dir", "--upgrade", "-U", "--pre",
        "--disable-pip-version-check", "--only-binary", "--no-binary", "--prefer-binary",
        "--force-reinstall", "--ignore-installed", "--no-build-isolation", "--upgrade-strategy",
        "--break-system-packages", "--no-warn-script-location", "--use-pep517", "--constraint",
        "--requirement", "--default-timeout", "--root-user-action", "--extra-index-url",
    )
)  # fmt: skip
"""Options that say whose a row is."""
_UVS = frozenset(("--allow-insecure-host", "--default-index"))
"""Options that uv alone has."""
_PIP = lazy.regex(
    r"(?<![A-Za-z])(?:pip(?![a-z])|PIP(?![A-Z])|Pip(?![a-z]))(?! install)|[a-z]Pip(?![a-z])"
)
"""pip's name in a word; what tells a person to `pip install` something is left out."""
_IN_CODE = lazy.regex(
    r"[\"'/\\]pip[\d.]*(?:\.exe)?[\"']|\bpip_\w|\w_pip\b|\bpip\.[a-z]|\bpip ?=|\bpip[\[(]"
    r"|\bPIP(?:_\w| ?[=+\[])|[a-z]Pip[A-Z(]|-m ?pip\b"
)
"""The same where a program runs it or has a name for it, and does not tell of it."""
_PUT_BEHIND = lazy.regex(
    r"\bpip[\d.]* (?:install|download|wheel)\b[^\n\"']*(?:\{|%|[\"']+\s*(?:\+|%|\.))"
)
"""`f"pip install {options}"`, not what tells a person to `pip install x`."""
_PIPS_FILE = lazy.regex(r"pip[\d.]*")
_CLIENTS = frozenset(
    ("git", "pip", "pip3", "npm", "yarn", "pnpm", "conda", "mamba", "micromamba", "uv", "poetry",
     "curl", "wget")
)  # fmt: skip
_OTHERS = _CLIENTS | {"pipx", "pdm", "pipenv", "easy_install", "hatch", "tox", "twine", "uvx"}
_ADDRESS = lazy.regex(r"https?://", re.IGNORECASE)
_OF_AN_INDEX = lazy.regex(r"https?://\S*/(?:simple/?$|pypi/)", re.IGNORECASE)
_LINE = lazy.regex(r"\s*(?:install|download|wheel|-\S+)\s")
_SUBCOMMAND = lazy.regex(r"-\S+|[a-z][a-z-]*|https?://\S+")
_DEFINES = lazy.regex(r"option|argument|flag|param|opt$", re.IGNORECASE)
_LOOKS = frozenset(
    ("append", "index", "count", "remove", "replace", "startswith", "endswith", "find", "get",
     "pop", "join", "split", "insert", "isin", "match", "search", "sub", "which")
)  # fmt: skip
"""What looks into texts and lists, or changes them."""
_BEHIND_CMD = (["cmd", "/c"], ["cmd.exe", "/c"])
_SETTINGS = (
    ("git", re.compile(r"(?:-c|\bconfig\b.*) http\.\S*sslverify\b", re.IGNORECASE)),
    ("npm", re.compile(r"\bconfig set strict-ssl\b|(?:^| )--(?:no-strict-ssl|strict-ssl=)")),
    ("conda", re.compile(r"\bconfig\b.* --set ssl_verify\b")),
)
"""Settings that no other program has."""
_SETTERS = frozenset(("config", "set_value", "set", "config_set"))
"""What `python_options` reads."""


class Rows:
    """Looks at the rows of one program."""

    def __init__(self, texts: Texts) -> None:
        self.source = texts.source
        self.texts = texts

    def command(self, elements: Sequence[ast.expr], words: list[Word]) -> list[Word]:
        """The command that a row is, pip at its front where it is pip's; nothing if nobody's."""
        if [word.text.lower() for word in words[:2]] in _BEHIND_CMD:
            words, elements = words[2:], elements[2:]
        texts = [word.text for word in words]
        if client := _of_setting(texts):
            return [_before(words, client), *words]
        if any(text.partition("=")[0] in _UVS for text in texts) and not _names_its_client(texts):
            return [_before(words, "uv"), *words]
        options = {match[1] for text in texts if (match := _INDEX.fullmatch(text))}
        if not (options or _has_short(texts)) or _names_its_client(texts):
            return words
        if texts[0] not in _VERBS and texts[0][:1] not in ("-", "{", ""):
            return _with_pip(words) if options and _has_pips_own(texts, options) else words
        if _has_pips_own(texts, options) or self._is_near_pip(elements[0], options):
            return _with_pip(words)
        return []

    def of_call(self, node: ast.Call, name: str) -> list[Word]:
        """The command whose words a call is given one by one; nothing where it is given none."""
        if _DEFINES.search(name) or name in _LOOKS or name[:6] == "assert" or not node.args:
            return []
        if python_handed.says(name) or (name == "call" and "mock" in self.source.word.text):
            return []
        elements = self._of_program(node.args)
        if elements:
            return self.texts.words(elements)
        return self._of_function(node, name)

    @cached_property
    def has_pip(self) -> bool:
        """Whether the program runs pip or has a name for it, or puts something behind it."""
        text = self.source.word.text
        return bool(_IN_CODE.search(text) or _PUT_BEHIND.search(text))

    def _of_program(self, arguments: Sequence[ast.expr]) -> list[ast.expr]:
        """`run("git", "-c", ...)`, `execlp("git", "git", "-c", ...)`, `start("pip", [...])`."""
        texts = [self.texts.values.text(one) or "" for one in arguments[:4]]
        at = next((number for number, text in enumerate(texts[:2]) if text), len(texts))
        following = arguments[at + 1 : at + 2]
        program = base_name(texts[at]) if at < len(texts) else ""
        if program == "-m" and texts[at + 1 : at + 2] == ["pip"]:
            return list(arguments)  # a Python whose path is computed
        if not following or not (program in _CLIENTS or texts[at + 1 : at + 3] == ["-m", "pip"]):
            return []
        if isinstance(following[0], ast.List | ast.Tuple):
            inner = following[0].elts
            again = bool(inner) and base_name(self.texts.text(inner[0])) == program
            return [] if again else [arguments[at], *inner]
        if base_name(texts[at + 1]) == program:
            return list(arguments[at + 1 :])
        return list(arguments[at:]) if _SUBCOMMAND.fullmatch(texts[at + 1]) else []

    def _of_function(self, node: ast.Call, name: str) -> list[Word]:
        """`git("-c", ...)`, `git.clone("-c", ...)`, `pip_install("--trusted-host", ...)`."""
        words = self.texts.words(node.args)
        texts = [word.text for word in words]
        owner = owner_of(node).rpartition(".")[2]
        if name in _CLIENTS and _SUBCOMMAND.fullmatch(texts[0]):
            return [_before(words, name), *words]
        if owner in _CLIENTS and name not in _SETTERS and any(text[:1] == "-" for text in texts):
            return [_before(words, owner), _before(words, name), *words]
        is_named = bool(_PIP.search(name))
        is_pips = name in _VERBS or is_named
        if is_named and (line := next((one for one in words if _LINE.match(one.text)), None)):
            parts = (line.part(*match.span()) for match in re.finditer(r"\S+", line.text))
            return [_before(words, "pip"), *parts]
        if is_pips and any(map(_INDEX.fullmatch, texts)) and not _names_its_client(texts):
            return _with_pip(words)
        return [_before(words, "pip"), *words] if is_pips and _has_short(texts) else []

    def _is_near_pip(self, node: ast.expr, options: set[str]) -> bool:
        """Whether the program speaks of pip where a row stands, or at all."""
        near = _PIP.search(self._function_around(node))
        return bool(near or (options and self.has_pip))

    def _function_around(self, node: ast.expr) -> str:
        """The text of the innermost function that holds an expression, or its own lines."""
        inside = [one for one in self._functions if one[0] <= node.lineno <= one[1]]
        end = node.end_lineno or node.lineno
        first, last = max(inside, default=(node.lineno, end))
        return "".join(self.source.lines[first - 1 : last])

    @cached_property
    def _functions(self) -> list[tuple[int, int]]:
        """The first and the last line of each function."""
        return [
            (node.lineno, node.end_lineno or node.lineno)
            for node in self.source.nodes
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]


def _of_setting(texts: Sequence[str]) -> str:
    """The client whose setting a row changes, where what is run is computed."""
    if not texts or (texts[0][:1] not in ("{", "-") and texts[0] != "config"):
        return ""
    joined = " ".join(texts)
    return next((client for client, setting in _SETTINGS if setting.search(joined)), "")


def _has_pips_own(texts: Sequence[str], options: set[str]) -> bool:
    """Whether a row has a verb or other options of pip, its name, or the path of an index."""
    if len(options) > 1 or (options and _has_short(texts)):
        return True
    if any(text in _VERBS or text.partition("=")[0] in _OWN for text in texts):
        return True
    return any(_PIP.search(text) or _OF_AN_INDEX.match(text) for text in texts)


def _has_short(texts: Sequence[str]) -> bool:
    """`-i` with an address."""
    return any(one == "-i" and _ADDRESS.match(two) for one, two in itertools.pairwise(texts))


def _names_its_client(texts: Sequence[str]) -> bool:
    """Whether a row says whose it is by itself: `pip`, `uv`, `python -m pip`, `python x.py`."""
    if any(_PIPS_FILE.fullmatch(base_name(text)) for text in texts):
        return True
    first, second = (*texts, "", "")[:2]
    python = base_name(first).startswith("python")
    return base_name(first) in _OTHERS or (python and (second == "-m" or second.endswith(".py")))


def _with_pip(words: list[Word]) -> list[Word]:
    """A row of pip's with pip in the place of what stands for it, or else in front."""
    front = list(itertools.takewhile(_is_before_options, words))
    computed = [number for number, word in enumerate(front) if word.text.startswith("{")]
    named = [number for number in computed if _PIP.search(front[number].text)]
    if not (place := (named[-1:] or computed[:1])):
        return [_before(words, "pip"), *words]
    at = place[0]
    made = Word(text="pip", at=[], span=words[at].span, dynamic=True)
    return [*words[:at], made, *words[at + 1 :]]


def _is_before_options(word: Word) -> bool:
    return word.text[:1] not in ("-", "") and word.text not in _VERBS


def _before(words: Sequence[Word], text: str) -> Word:
    """A word that is not written there; nothing can be cut out from its end."""
    return Word(text=text, at=[], span=Span(words[0].span.start, words[-1].span.end))
