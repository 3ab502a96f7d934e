"""The options of a project: `certmend.toml`, or `[tool.certmend]` of its pyproject.toml."""

from pathlib import Path
from typing import Any

import msgspec

from certmend.errors import UsageError
from certmend.model.text import visible

_FILES = ("certmend.toml", "pyproject.toml")


class LintOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table `[lint]`."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """Patterns of paths, as in a `.gitignore`."""
    fail_on: str = msgspec.field(default="", name="fail-on")


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All tables, and the folder that their paths start from."""

    lint: LintOptions = LintOptions()
    folder: str = ""


def read(start: Path) -> Options:
    """The options of the nearest file above a path; `UsageError` when they cannot be used."""
    folder = start.absolute() if start.is_dir() else start.absolute().parent
    for here in (folder, *folder.parents):
        for name in _FILES:
            table = _table(here / name)
            if table is not None:
                return _options(here / name, table)
        if (here / ".git").exists():
            break
    return Options()


def _table(path: Path) -> dict[str, Any] | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    import tomllib

    try:
        read: dict[str, Any] = tomllib.loads(content.decode("utf-8", "replace"))
    except tomllib.TOMLDecodeError as error:
        if path.name == "pyproject.toml":
            return None
        raise UsageError(
            f"{visible(str(path))} is no TOML: {error}", "correct the line that it names"
        ) from None
    except RecursionError:
        if b"certmend" not in content and path.name == "pyproject.toml":
            return None
        raise UsageError(
            f"{visible(str(path))} nests values too deeply to be read",
            "write lists inside lists fewer than a hundred deep",
        ) from None
    if path.name == "certmend.toml":
        return read
    found: dict[str, Any] | None = read.get("tool", {}).get("certmend")
    return found


def _options(path: Path, table: dict[str, Any]) -> Options:
    try:
        found = msgspec.convert({"lint": table.get("lint", {})}, Options)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{visible(str(path))}: {error}",
            "the table lint knows select, ignore, exclude and fail-on",
        ) from None
    return msgspec.structs.replace(found, folder=str(path.parent))
