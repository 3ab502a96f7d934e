"""`certmend fix Dockerfile`: the part of the command for build files."""

import os
from typing import TYPE_CHECKING, Any

import click

from certmend import __version__, terminal
from certmend.errors import UsageError
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.remedy.bundles import Member
    from certmend.tasks.building import Built

_GOES = frozenset(
    ("urls", "cas", "fingerprints", "method", "family", "diff", "dry_run", "yes", "password_file",
     "password_env", "format_name")
)  # fmt: skip

_FEW = 5


def named(arguments: tuple[str, ...]) -> bool:
    """Whether the arguments are build files. Raises `UsageError` for files beside URLs."""
    if not any("://" not in one for one in arguments):
        return False
    from certmend.tasks import building

    paths = [one for one in arguments if building.is_file(one)]
    if paths and len(paths) < len(arguments):
        other = next(one for one in arguments if one not in paths)
        raise UsageError(
            f"{visible(paths[0], 300)} is a file, and {visible(other, 300)} is none",
            "fix build files and indexes one after the other",
        )
    return bool(paths)


def fix(arguments: tuple[str, ...], options: dict[str, Any], given: "tuple[Member, ...]") -> int:
    """Patch build files: shown, asked, written, kept for undo."""
    from certmend.builds.build import Way
    from certmend.tasks import building, bundling

    _refuse_others(options)
    wishes = building.BuildWishes(
        given=given,
        files=tuple(options["cas"]),
        way=Way(options["method"] or Way.STORE),
        family=options["family"] or "",
    )
    built = building.plan(building.targets(arguments), wishes)
    wanted = options["diff"] or options["dry_run"] or not built.plan.applicable
    if wanted or not _agreed(built, options):
        return _only_shown(built, options)
    kept = bundling.the_journal(os.environ)
    record = building.carry_out(built, kept, lambda: terminal.talk("waiting for another certmend"))
    if options["yes"]:  # else it was shown before the question
        _show(built, options, "done", record=record.id)
    if options["format_name"] == "text":
        terminal.talk(f"written; `certmend undo {record.id}` takes it back")
    return int(built.refused)


def _refuse_others(options: dict[str, Any]) -> None:
    context = click.get_current_context()
    command_line = click.core.ParameterSource.COMMANDLINE
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in _GOES and context.get_parameter_source(name) is command_line:
            raise UsageError(
                f"{parameter.opts[0]} does not go with a build file",
                "`certmend fix Dockerfile --ca FILE` needs nothing else",
            )
    if options["method"] not in (None, "system-store", "build-secret"):
        raise UsageError(
            f"a build file is not mended by `--method {options['method']}`",
            "leave it out, or `--method build-secret` keeps the CA out of the image",
        )


def _agreed(built: "Built", options: dict[str, Any]) -> bool:
    from certmend.commands.fix.asking import asks

    if options["yes"]:
        return True
    if not asks(options):
        return False
    _show(built, options, "planned")
    return click.confirm("Write it?", default=False, err=True)


def _only_shown(built: "Built", options: dict[str, Any]) -> int:
    changes = bool(built.plan.applicable)
    _show(built, options, "planned" if built.plan.remedies else "nothing")
    if options["format_name"] == "text" and changes:
        terminal.talk("nothing was written: `--yes` writes it")
    return int(changes or built.refused)


def _show(built: "Built", options: dict[str, Any], state: str, record: str = "") -> None:
    from certmend.present import plans

    if options["format_name"] == "json":
        import msgspec

        found = plans.made(
            __version__, (), built.plan, state, record=record, note="\n".join(built.notes)
        )
        terminal.out(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    few = built.nothing if len(built.nothing) <= _FEW else ()
    for path in few:
        terminal.out(f"{path}: nothing to do")
    if built.nothing and not few:
        terminal.out(f"{len(built.nothing)} files: nothing to do")
    if built.plan.remedies:
        terminal.out(plans.remedies(built.plan, diffs=options["diff"]))
    for note in built.notes:
        terminal.out(plans.note(note))
