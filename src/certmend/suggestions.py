"""What the TAB key offers.

Names come from the names of files, and what they mean from the first line of each, so that
nothing heavy is loaded: a person waits for every one of these answers.
"""

import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ZshComplete,
    add_completion_class,
)

from certmend import registry

if TYPE_CHECKING:
    import ast

    Items = list[CompletionItem[str]]  # older versions of click take no type here

VARIABLE = "_CERTMEND_COMPLETE"
"""Set by the scripts of `certmend completion` when they ask."""
_PATHS = frozenset({"BUNDLE", "CA", "CASES", "FILE", "FOLDER", "NEW", "OLD", "PATH"})
"""Words by which the help calls what is a path."""
_ABOUT_IGNORES = (
    ("expired-ignore", "An ignore is past the day that it was given."),
    ("unused-ignore", "An ignore that nothing needs."),
)
"""Rules without a module of their own (`judge/linting/engine.py`)."""


def asked(environment: Mapping[str, str]) -> bool:
    """Whether a shell asks for completions."""
    return bool(environment.get(VARIABLE))


@add_completion_class
class Bash(BashComplete):
    """bash hands over `--format=sarif` as three words."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """What was typed before, and what is to be completed."""
        before, incomplete = super().get_completion_args()
        return [word for word in before if word != "="], incomplete


@add_completion_class
class Zsh(ZshComplete):
    """zsh puts what is offered in place of the whole word, `--format=` too."""

    def get_completions(self, args: list[str], incomplete: str) -> "Items":
        """What is offered, with the option that it is a value of."""
        return _whole(super().get_completions(args, incomplete), incomplete)


@add_completion_class
class Fish(FishComplete):
    """fish offers what begins with the whole word alone."""

    def get_completions(self, args: list[str], incomplete: str) -> "Items":
        """What is offered, with the option that it is a value of."""
        return _whole(super().get_completions(args, incomplete), incomplete)


def commands(names: Iterable[str], incomplete: str) -> "Items":
    """The commands that begin so; the first line of each module tells what it is for."""
    return [
        CompletionItem(name, help=_first_line(f"certmend.commands.{name}").partition(": ")[2])
        for name in names
        if name.startswith(incomplete)
    ]


def rules(_: click.Context, __: click.Parameter, incomplete: str) -> "Items":
    """The rules of `certmend lint`, one or several with commas."""
    return _listed(incomplete, sorted([*_modules("certmend.judge.lint"), *_ABOUT_IGNORES]))


def clients(_: click.Context, __: click.Parameter, incomplete: str) -> "Items":
    """The clients that certmend knows and `all`, one or several with commas."""
    known = [name for name, _ in _modules("certmend.observe.clients")]
    return _listed(incomplete, ((name, "") for name in (*known, "all")))


def codes_or_files(_: click.Context, __: click.Parameter, incomplete: str) -> "Items":
    """The codes of causes, and files.

    In bash, files are offered only where no code begins so: it takes either kind.
    """
    files = CompletionItem(incomplete, type="file")
    return [files, *_beginning(incomplete, _modules("certmend.judge.causes"))]


def scenarios(_: click.Context, __: click.Parameter, incomplete: str) -> "Items":
    """The lab's scenarios, read from its source: to import it would take five times as long."""
    return _beginning(incomplete, _scenarios())


def offer_files(command: click.Command) -> None:
    """Let every parameter that the help calls a file or folder offer those."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            offer_files(one)
    for parameter in command.params:
        words = re.split(r"[^A-Z]+", (parameter.metavar or parameter.name or "").upper())
        if parameter.type is click.STRING and not _PATHS.isdisjoint(words):
            parameter.type = click.Path()


def _whole(offered: "Items", incomplete: str) -> "Items":
    option, equals, _ = incomplete.partition("=")
    if not (equals and option.startswith("--")):
        return offered
    return [
        CompletionItem(f"{option}={one.value}", one.type, one.help)
        for one in offered
        if one.type == "plain"
    ]


def _listed(incomplete: str, known: Iterable[tuple[str, str]]) -> "Items":
    """Those that go on after the last comma."""
    before, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(before + comma + name, help=meaning or None)
        for name, meaning in known
        if name.startswith(last)
    ]


def _beginning(incomplete: str, known: Iterable[tuple[str, str]]) -> "Items":
    return [CompletionItem(name, help=said) for name, said in known if name.startswith(incomplete)]


def _modules(package: str) -> Iterator[tuple[str, str]]:
    """The slug of every plug-in of a package, and its first line."""
    for name in registry.module_names(package):
        yield name.rpartition(".")[2].replace("_", "-"), _first_line(name)


def _scenarios() -> Iterator[tuple[str, str]]:
    import ast

    for module in registry.module_names("certmend.lab.scenarios"):
        for node in ast.parse(_source(module)).body:
            if isinstance(node, ast.FunctionDef) and any(map(_is_scenario, node.decorator_list)):
                story = (ast.get_docstring(node) or "").partition("\n")[0]
                yield node.name.replace("_", "-"), story


def _is_scenario(decorator: "ast.expr") -> bool:
    import ast

    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id == "scenario"


def _first_line(module: str) -> str:
    return _source(module).partition("\n")[0].strip('"')


def _source(module: str) -> str:
    from importlib.abc import InspectLoader  # not above: it brings tempfile, zlib and 20 more

    found = importlib.util.find_spec(module)
    if found is None or not isinstance(found.loader, InspectLoader):
        return ""
    return found.loader.get_source(module) or ""
