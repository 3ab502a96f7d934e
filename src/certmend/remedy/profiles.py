"""What sets a variable wherever something starts anew: a shell's profile, or GitHub's file.

Which files a shell reads: bash(1) "INVOCATION", zsh(1) "STARTUP/SHUTDOWN FILES", fish(1)
"Configuration", dash(1) "Invocation". GITHUB_ENV: docs.github.com, "Workflow commands".
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from certmend.errors import CertmendError
from certmend.model.plan import EditFile
from certmend.model.text import visible
from certmend.remedy import files, variables
from certmend.remedy.edits import block
from certmend.remedy.ground import Ground
from certmend.remedy.keeper import GITHUB, Keeper

_STOP = re.compile(r"(?:^|[;&|)]|\bthen\b|\bdo\b|\belse\b)\s*(?:return|exec|exit)\b")


def edits(keeper: Keeper, values: Mapping[str, str], ground: Ground) -> tuple[EditFile, ...]:
    """The files that set these variables, edited; none where one of them cannot be written.

    Raises `UsageError` for a file whose marks do not belong together, and `WriteError` for what is
    no file.
    """
    if any("\n" in value for value in values.values()):
        return ()
    if keeper.kind == GITHUB:
        return _in_github(keeper, values, ground)
    try:
        found = places(keeper, values, ground)
        if not all(files.replaceable(one) for one in found):
            return ()
        return tuple(_edit(keeper, path, values, ground) for path in found)
    except CertmendError as error:
        hint = f"{error.hint}; or use `--no-profile`" if error.hint else "use `--no-profile`"
        raise type(error)(error.message, hint) from None


def places(keeper: Keeper, values: Mapping[str, str], ground: Ground) -> tuple[str, ...]:
    """The files that make a variable hold in every new shell, the first one read in front."""
    home = ground.home
    match keeper.kind:
        case "bash":
            names = (".bash_profile", ".bash_login", ".profile")
            login = next((one for one in names if _there(home / one, ground)), ".profile")
            return (str(home / login), str(home / ".bashrc"))
        case "zsh":
            base = _zsh_folder(ground)
            later = (base / one for one in (".zprofile", ".zshrc", ".zlogin"))
            return (str(base / ".zshenv"), *_overriding(later, values, ground))
        case "fish":
            config = ground.environment.get("XDG_CONFIG_HOME") or str(home / ".config")
            folder = Path(config) / "fish"
            own = str(folder / "conf.d" / "certmend.fish")
            return (own, *_overriding((folder / "config.fish",), values, ground))
        case _:
            return (str(home / ".profile"),)


def elsewhere(path: str, names: Mapping[str, str], content: bytes) -> Iterator[str]:
    """Where a file sets these variables outside of certmend's block, as in "FILE:12"."""
    # As a word that is no value: `export NAME=x`, `set -gx NAME x`, `unset NAME`.
    word = re.compile(rf"(?<![${{\w])(?:{'|'.join(map(re.escape, names))})(?=[=\s;]|$)")
    for number, line in enumerate(block.without(content).splitlines(), 1):
        if word.search(line) and not line.lstrip().startswith("#"):
            yield f"{visible(path, 300)}:{number}"


def again(keeper: Keeper, paths: tuple[str, ...], ground_home: str) -> str:
    """The command after which this shell has the variables too; empty: there is none."""
    if keeper.kind == GITHUB or not paths:
        return ""
    # What an interactive shell reads: bash's second file, and the first one of the others.
    path = paths[-1] if keeper.kind == "bash" else paths[0]
    word = "source" if keeper.kind == "fish" else "."
    inside = path.removeprefix(ground_home.rstrip("/") + "/")
    plain = inside != path and re.fullmatch(r"[\w./-]+", inside)
    return f"{word} ~/{inside}" if plain else f"{word} {variables.quoted(keeper.kind, path)}"


def _overriding(
    later: Iterator[Path] | tuple[Path, ...], values: Mapping[str, str], ground: Ground
) -> tuple[str, ...]:
    """The files read later that set one of the variables: the block has to stand there too."""
    texts = ((str(one), ground.content(str(one)) or b"") for one in later)
    return tuple(path for path, text in texts if any(elsewhere(path, values, text)))


def _zsh_folder(ground: Ground) -> Path:
    """ZDOTDIR, unless it is a .zshenv in the home folder that sets it: that one is read first."""
    named = ground.environment.get("ZDOTDIR")
    own = ground.content(str(ground.home / ".zshenv")) or b""
    return Path(named) if named and b"ZDOTDIR" not in own else ground.home


def _there(path: Path, ground: Ground) -> bool:
    return ground.content(str(path)) is not None


def _edit(keeper: Keeper, path: str, values: Mapping[str, str], ground: Ground) -> EditFile:
    old = ground.content(path) or b""
    beaten = list(elsewhere(path, values, old))
    # What ends early never comes to its end; what sets a variable too has to come before.
    first = not beaten and _ends_early(old)
    shell = "fish" if keeper.kind == "fish" else "bash"
    lines = variables.merged(shell, block.lines(old), values)
    what = f"certmend's block sets {' and '.join(values)}"
    if beaten:
        what += f", after {beaten[-1]}"
    return EditFile(
        path=path,
        what=what,
        before=ground.content(path),
        after=block.set_block(old, path, lines, first=first, for_shell=True),
    )


def _ends_early(content: bytes) -> bool:
    """Whether a profile may be left before its end, as Debian's .bashrc is by most shells."""
    lines = block.without(content).splitlines()
    return any(_STOP.search(line.partition(" #")[0]) for line in lines if line.lstrip()[:1] != "#")


def _in_github(keeper: Keeper, values: Mapping[str, str], ground: Ground) -> tuple[EditFile, ...]:
    """GitHub's runner takes lines `NAME=value` and no comments; the last one of a name counts."""
    if not files.replaceable(keeper.file):
        return ()
    before = ground.content(keeper.file)
    old = before or b""
    have = dict(line.split(b"=", 1) for line in old.splitlines() if b"=" in line)
    new = [
        variables.assignment(GITHUB, name, value)
        for name, value in values.items()
        if have.get(name.encode()) != value.encode("utf-8", "surrogateescape")
    ]
    gap = "\n" if old and not old.endswith(b"\n") else ""
    text = gap + "".join(f"{one}\n" for one in new) if new else ""
    return (
        EditFile(
            path=keeper.file,
            what=f"GITHUB_ENV sets {' and '.join(values)}",
            before=before,
            after=old + text.encode("utf-8", "surrogateescape"),
        ),
    )
