"""A command line of pip, as a request to diagnose: the same Python, the same options."""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

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
_PIP = re.compile(r"pip(?:3(?:\.\d{1,2})?)?(?:\.exe)?", re.IGNORECASE)
_PYTHON = re.compile(r"(?:python|pypy)[\d.]{0,5}(?:\.exe)?|py(?:\.exe)?", re.IGNORECASE)
_SHEBANG_LIMIT = 512


def request(command: Sequence[str], url: str = "") -> Request | None:
    """What to diagnose after a command of pip failed on `url`; None for another program.

    Without a URL it is every index that the command would use.
    """
    if not command:
        return None
    python, arguments = _interpreter(command)
    if arguments is None:
        return None
    one: dict[str, str] = {}
    many: dict[str, tuple[str, ...]] = {}
    for option, value in _options(arguments):
        if option in _ONE:
            one[_ONE[option]] = value
        else:
            key = _MANY[option]
            many[key] = (*many.get(key, ()), value)
    if url:
        many.pop("requirement_files", None)
        return Request(urls=(url,), python=python, **one, **many)  # type: ignore[arg-type]
    return Request(python=python, **one, **many)  # type: ignore[arg-type]


def _interpreter(command: Sequence[str]) -> tuple[str | None, Sequence[str] | None]:
    """The Python that runs pip, if it can be told, and pip's arguments; None: it is not pip."""
    name = Path(command[0]).name
    if _PIP.fullmatch(name):
        return _shebang(command[0]), command[1:]
    if _PYTHON.fullmatch(name) and "-m" in command[1:]:
        at = command.index("-m")
        if command[at + 1 : at + 2] == ["pip"] or tuple(command[at + 1 : at + 2]) == ("pip",):
            return command[0], command[at + 2 :]
    return None, None


def _shebang(program: str) -> str | None:
    """The interpreter that the first line of a script names."""
    found = shutil.which(program)
    if found is None:
        return None
    try:
        with Path(found).open("rb") as file:
            first = file.readline(_SHEBANG_LIMIT).decode("utf-8", "replace").strip()
    except OSError:
        return None
    path = first.removeprefix("#!").strip()
    return path if first.startswith("#!") and Path(path).is_file() else None


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The options among pip's arguments that a diagnosis needs, each with its value."""
    known = (*_ONE, *_MANY)
    words = iter(arguments)
    for word in words:
        option, equals, value = word.partition("=")
        if option in known and equals:
            yield option, value
        elif word in known:
            value = next(words, "")
            if value:
                yield word, value
        elif word[:2] in ("-i", "-f", "-r") and not word.startswith("--") and len(word) > 2:
            yield word[:2], word[2:]
