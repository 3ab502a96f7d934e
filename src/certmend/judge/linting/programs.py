"""Which client a command line runs, with which verb and arguments.

A client is found behind wrappers (`sudo`, `poetry run`, `docker run IMAGE`), by its path, as a
module (`python -m pip`), and where a variable names it (`$PIP install`). What a message prints is
no command.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.model import lazy
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Assignment, Command, Span, Word

_PIP = lazy.regex(
    r"pip-?(?:\d+(?:\.\d+)*)?|pip\$\{?\w+\}?|[$%{].*pip[\w.]*[)}%]?|\$\{?\w*pip\w*\}?|_pip|pip[_-]install|pipi"
    r"|[^/\\]*scriptspip[\d.]*",
    re.IGNORECASE,
)
"""The last: `venv\\Scripts\\pip.exe` where a POSIX shell would be rid of the backslashes."""
_PYTHON = lazy.regex(r"(?:python|pypy)[\d.]*|\$.*python.*|\{.*python.*\}", re.IGNORECASE)
_GET_PIP = lazy.regex(r"get-?pip[\w.-]*\.py|\$\{?\w*get_?pip\w*\}?", re.IGNORECASE)
"""What hands its arguments to `pip install`. Source: get-pip.py's documentation."""
_PIPS_OWN = ("--trusted-host", "--index-url", "--extra-index-url")
_VERBS = frozenset(
    (
        "install",
        "download",
        "wheel",
        "config",
        "index",
        "search",
        "list",
        "uninstall",
        "freeze",
        "show",
        "check",
        "debug",
        "cache",
        "hash",
        "inspect",
        "lock",
    )
)
_MESSAGES = frozenset(
    (
        "echo",
        "printf",
        "cat",
        "grep",
        "egrep",
        "sed",
        "awk",
        "log",
        "info",
        "warn",
        "error",
        "die",
        "print",
        "write-host",
        "write-output",
        "logger",
        "rem",
        "#",
        "git",
        "say",
        "msg",
        "fail",
        "abort",
        "write-warning",
        "write-error",
        "log_info",
        "log_warn",
        "log_error",
        "print_info",
        "whereis",
        "which",
        "type",
        "apt-get",
        "apt",
        "yum",
        "dnf",
        "apk",
        "brew",
        "man",
        "test",
        "[",
        "[[",
        "case",
        "for",
        "zypper",
        "pacman",
        "throw",
        "success",
        "warning",
        "notice",
        "title",
        "alias",
        "man",
    )
)
_CLIENTS = {
    "uv": "uv", "uvx": "uv", "pipx": "pipx", "poetry": "poetry", "pdm": "pdm", "pipenv": "pipenv",
    "conda": "conda", "mamba": "conda", "micromamba": "conda", "npm": "npm", "npx": "npm",
    "yarn": "yarn", "pnpm": "npm", "cnpm": "npm", "git": "git", "curl": "curl", "wget": "wget",
    "twine": "twine", "easy_install": "easy_install", "pip-compile": "pip-tools",
    "pip-sync": "pip-tools", "hatch": "hatch", "tox": "tox", "invoke-webrequest": "powershell",
    "iwr": "powershell", "invoke-restmethod": "powershell", "irm": "powershell", "http": "httpie",
    "https": "httpie", "flit": "flit", "curl.exe": "curl", "wget.exe": "wget",
}  # fmt: skip
_NAMED_AFTER = lazy.regex(
    r"[$%]\{?(?:env:)?(git|npm|conda|curl)(?!\w*(?:opt|arg|flag|param|config|cfg))\w*[}%]?"
)
"""A variable that holds a program, in lower case, and no options for one."""
PYTHON_CLIENTS = frozenset(
    ("pip", "uv", "pipx", "poetry", "pdm", "pipenv", "twine", "easy_install", "pip-tools", "hatch")
)


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A client is run."""

    client: str
    verb: str
    arguments: tuple[Word, ...]
    """Everything behind the client's name."""
    before: Word
    """The word in front of the arguments."""
    command: Command


def runs(command: Command) -> Iterator[Run]:
    """The client that a command line runs, if it is one that matters here."""
    texts = [word.text for word in command.words]
    if not texts:
        return
    if texts[0].startswith(_PIPS_OWN):
        # Options alone: a list that is put behind `pip install` elsewhere.
        yield _run("pip", "install", command, -1)
        return
    if texts[0] == "-c" and texts[1:] and texts[1].lower().startswith("http."):
        yield _run("git", "", command, -1)  # such a list of git's
        return
    at = program_at(texts)
    name = base_name(texts[at])
    if _PYTHON.fullmatch(name) and (client := _script(texts[at + 1 :])):
        verb = "install" if client == "pip" else _verb(texts, at + 1)
        yield _run(client, verb, command, at + 1)
    elif (found := _pip(texts, at, name)) is not None:
        client, place = found
        yield _run(client, _verb(texts, place), command, place)
    elif client := _CLIENTS.get(name) or _variable(name):
        yield _run(client, _verb(texts, at), command, at)
    elif name in (
        "docker",
        "podman",
        "kubectl",
        "oc",
        "nerdctl",
        "docker-compose",
        "ssh",
        "parallel",
    ):
        for place in range(at + 1, len(texts)):
            if base_name(texts[place]) in _CLIENTS:
                yield _run(_CLIENTS[base_name(texts[place])], _verb(texts, place), command, place)
                return


def _variable(name: str) -> str:
    """The client that a variable is named after: `& $git clone`, `"$CURL" -k`."""
    match = _NAMED_AFTER.fullmatch(name) if name[:1] in ("$", "%") else None
    return _CLIENTS[match[1]] if match else ""


def _script(texts: list[str]) -> str:
    """The client that a Python is given as a file, or through a pipe: `| python - --index-url`."""
    name = base_name(texts[0]) if texts else ""
    if name == "setup.py":
        return "setuptools"
    piped = name == "-" and any(text.startswith(_PIPS_OWN) for text in texts)
    return "pip" if piped or _GET_PIP.fullmatch(name) else ""


def in_variable(entry: Assignment) -> Run | None:
    """Options of pip that a variable holds, to be put into a command line somewhere."""
    text = entry.value.text
    if not _OPTIONS.search(text):
        return None
    value = entry.value
    words = tuple(value.part(m.start(), m.end()) for m in re.finditer(r"[^\s\0]+", text))
    command = Command(words=words, span=value.span, scope=entry.scope)
    begin = value.place().start  # behind its quote
    start = Word(text="", at=[], span=Span(begin, begin))
    return Run(client="pip", verb="", arguments=words, before=start, command=command)


_OPTIONS = lazy.regex(
    r"^[\s\0]*(?:(?:install|download|wheel)[\s\0]+)?(?:-.*?)?"
    r"(?:--trusted-host|--(?:extra-)?index-url|-i)[ =\0]",
    re.DOTALL,
)


_MODULES = frozenset(("pip", "uv", "pipx", "poetry", "pipenv", "twine", "piptools", "easy_install"))


def _pip(texts: list[str], at: int, program: str) -> tuple[str, int] | None:
    """Where pip stands in a command line, and whether it is uv's."""
    if program in _MESSAGES:
        return None
    for place, text in enumerate(texts):
        name = base_name(text)
        attached = text[2:].split(".")[0] if text.startswith("-m") else ""
        if attached in _MODULES:  # `python -mpip`
            return ("pip-tools" if attached == "piptools" else attached), place
        if text == "-m" and place + 1 < len(texts):
            module = texts[place + 1].split(".")[0]
            if module in _MODULES:
                return ("pip-tools" if module == "piptools" else module), place + 1
            if module in ("venv", "pytest", "unittest", "http"):
                return None
        if not _PIP.fullmatch(name):
            continue
        if place and base_name(texts[place - 1]) == "uv":
            return "uv", place - 1
        if (
            place == at
            or name in ("pip-install", "pipi")  # the steps of JFrog's `rt`
            or any(word in _VERBS for word in texts[place + 1 : place + 9])
        ):
            return "pip", place
    return None


def _verb(texts: list[str], place: int) -> str:
    return next((word for word in texts[place + 1 :] if not word.startswith("-")), "")


def _run(client: str, verb: str, command: Command, place: int) -> Run:
    return Run(
        client=client,
        verb=verb,
        arguments=command.words[place + 1 :],
        before=command.words[max(place, 0)],
        command=command,
    )
