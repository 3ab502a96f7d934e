"""One page for each command, by the name of its file."""

from collections.abc import Iterator

import click

from manual import roff


def pages(program: click.Command, version: str, day: str) -> Iterator[tuple[str, str]]:
    """The file names and pages of a program and all commands below it, itself first."""
    known = list(_contexts(program, program.name or "", None))
    names = [_name(context) for context in known]
    for context in known:
        lines = _page(context, version, day, _near(_name(context), names))
        yield f"{_name(context)}.1", "\n".join(lines) + "\n"


def _contexts(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[click.Context]:
    context = click.Context(command, parent, name, **command.context_settings)
    yield context
    for below, one in _subcommands(context):
        yield from _contexts(one, below, context)


def _subcommands(context: click.Context) -> Iterator[tuple[str, click.Command]]:
    group = context.command
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if command is not None and not command.hidden:
                yield name, command


def _name(context: click.Context) -> str:
    return context.command_path.replace(" ", "-")


def _near(name: str, names: list[str]) -> list[str]:
    """The pages above and below, and those beside it."""
    above = name.rpartition("-")[0]
    return [
        one for one in names if one != name and (one == above or one.rpartition("-")[0] == above)
    ]


def _page(context: click.Context, version: str, day: str, near: list[str]) -> Iterator[str]:
    command, name = context.command, _name(context)
    yield f'.TH {roff.literal(name.upper())} 1 "{day}" "certmend {version}" "certmend manual"'
    yield from (".SH NAME", rf"{roff.literal(name)} \- {roff.prose(_sentence(command))}")
    pieces = " ".join(command.collect_usage_pieces(context))
    yield from (".SH SYNOPSIS", f"{roff.bold(context.command_path)} {roff.usage(pieces)}")
    yield from (".SH DESCRIPTION", *roff.blocks(command.help or ""))
    yield from (".SH OPTIONS", *_options(context))
    below = list(_subcommands(context))
    if below:
        yield ".SH COMMANDS"
        for sub, one in below:
            yield from (
                ".TP",
                f"{roff.bold(f'{name}-{sub}')}(1)",
                roff.prose(_sentence(one)),
            )
    title, _, status = (command.epilog or "").partition(": ")
    if status:
        yield from (f".SH {title.upper()}", roff.prose(status))
    if near:
        yield ".SH SEE ALSO"
        yield ",\n".join(f"{roff.bold(one)}(1)" for one in near)


def _sentence(command: click.Command) -> str:
    """What it does, without the full stop."""
    return (command.help or "").split("\n\n")[0].strip().rstrip(".")


def _options(context: click.Context) -> Iterator[str]:
    for parameter in context.command.get_params(context):
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            yield from (".TP", roff.usage(record[0]), roff.prose(record[1]))
