"""A command line, as a request to diagnose: the same client, the same Python, the same options."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from certmend.model.plugin import Client, Form, Kind
from certmend.model.setting import OriginKind
from certmend.observe import roll_call, scripts
from certmend.observe.request import Request

_ONE = {
    "-i": "index_url",
    "--index-url": "index_url",
    "--pypi-url": "index_url",
    "--cert": "cert",
    "--client-cert": "client_cert",
    "--proxy": "proxy",
}
_MANY = {
    "--extra-index-url": "extra_index_urls",
    "-f": "find_links",
    "--find-links": "find_links",
    "--trusted-host": "trusted_hosts",
    "-r": "requirement_files",
    "--requirement": "requirement_files",
}
_URL = re.compile(r"https?://", re.IGNORECASE)
_PIP = re.compile(r"pip(?:3(?:\.\d{1,2})?)?(?:\.exe)?", re.IGNORECASE)
_PYTHON = re.compile(r"(?:python|pypy)[\d.]{0,5}(?:\.exe)?|py(?:\.exe)?", re.IGNORECASE)


class _Run(NamedTuple):
    """A client that was run."""

    client: str
    arguments: Sequence[str]
    python: str | None = None
    """The interpreter that runs it, where it can be told."""
    program: str = ""
    """Its command, where it is given by its path."""


def request(command: Sequence[str], url: str = "", client: str = "") -> Request | None:
    """What to diagnose after a command failed on `url`; None where nobody knows what it ran.

    `client` is what its output tells of the client, for a command that is none itself. Without a
    URL it is every index that the command would use.
    """
    run = _run(command, client)
    if run is None:
        return None
    plugin = next(one for one in roll_call.every() if one.name == run.client)
    one: dict[str, str] = {}
    many: dict[str, tuple[str, ...]] = {}
    for option, value in _options(run.arguments, plugin):
        if option in _ONE:
            one[_ONE[option]] = value
        elif option in _MANY:
            many[_MANY[option]] = (*many.get(_MANY[option], ()), value)
        else:
            many["switches"] = (*many.get("switches", ()), option.removeprefix("--"))
    if plugin.kind is Kind.NEIGHBOUR:
        url = url or next((word for word in run.arguments if _URL.match(word)), "")
    if url:
        many.pop("requirement_files", None)
        many["urls"] = (url,)
    return Request(
        clients=(run.client,),
        python=run.python,
        program=run.program,
        **one,  # type: ignore[arg-type]
        **many,  # type: ignore[arg-type]
    )


def _run(command: Sequence[str], client: str) -> _Run | None:
    """The client that a command runs, by its program, its module, or what it printed."""
    if not command:
        return None
    known = {program: one.name for one in roll_call.every() for program in one.programs}
    name = Path(command[0]).name.removesuffix(".exe")
    if _PIP.fullmatch(name):
        return _Run("pip", command[1:], _python_of(command[0]))
    if name in known:
        path = command[0] if os.path.dirname(command[0]) else ""  # noqa: PTH120
        return _Run(known[name], command[1:], _python_of(command[0]), path)
    python = command[0] if _PYTHON.fullmatch(name) else None
    if python and "-m" in command[1:-1]:
        at = command.index("-m")
        if command[at + 1] in known:
            return _Run(known[command[at + 1]], command[at + 2 :], python)
    if client in roll_call.names():
        return _Run(client, (), python or _python_of(command[0]))
    return None


def _python_of(program: str) -> str | None:
    """The interpreter that the first line of a script names."""
    found = shutil.which(program)
    path = scripts.interpreter_of(found, os.environ) if found else ""
    return path if path and Path(path).is_file() else None


def _options(arguments: Sequence[str], client: Client) -> Iterator[tuple[str, str]]:
    """The options among a client's arguments that a diagnosis needs, each with its value."""
    own = {one.name: one.form for one in client.sources if one.kind is OriginKind.FLAG}
    switches = {name for name, form in own.items() if form is Form.SWITCH}
    shared = (*_ONE, *_MANY)
    known = {*shared} if client.name == "pip" else {*own}.intersection(shared)
    words = iter(arguments)
    for word in words:
        option, equals, value = word.partition("=")
        if word in switches:
            yield word, ""
        elif option in known and equals:
            yield option, value
        elif word in known:
            value = next(words, "")
            if value:
                yield word, value
        elif word[:2] in known and not word.startswith("--") and len(word) > 2:
            yield word[:2], word[2:]
