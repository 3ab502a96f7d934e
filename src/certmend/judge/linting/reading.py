"""A document as rules see it: its entries, the clients it runs, and all their settings."""

from functools import cached_property

from certmend.judge.linting import options as _options
from certmend.judge.linting.options import Option
from certmend.judge.linting.programs import Run, in_variable, runs
from certmend.judge.linting.substituted import address_in, is_whole, reads
from certmend.model import lazy
from certmend.model.commandline import base_name
from certmend.model.document import (
    Assignment,
    Call,
    Command,
    Copied,
    Document,
    Entry,
    How,
    Image,
    Key,
    Stage,
    Word,
)

_PYTHONS = lazy.regex(r"(?:python|pypy)[\d.]*|pip[\d.]*")


class Reading:
    """What the rules share of one document; each part is made when it is first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """All command lines."""
        return tuple(e for e in self.document.entries if isinstance(e, Command))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All clients that are run, and options for one that stand in a variable."""
        found = [run for command in self.commands for run in runs(command)]
        assigned = [e for e in self.document.entries if isinstance(e, Assignment)]
        found += [run for entry in assigned if (run := in_variable(entry))]
        return tuple(found)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """All keys of configuration files."""
        return tuple(e for e in self.document.entries if isinstance(e, Key))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """What Python code does to TLS."""
        return tuple(e for e in self.document.entries if isinstance(e, Call))

    @cached_property
    def copied(self) -> tuple[Copied, ...]:
        """Files that are put somewhere."""
        return tuple(e for e in self.document.entries if isinstance(e, Copied))

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of a Dockerfile."""
        return tuple(e for e in self.document.entries if isinstance(e, Stage))

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The images that jobs and services run in."""
        return tuple(e for e in self.document.entries if isinstance(e, Image))

    @cached_property
    def variables(self) -> tuple[Assignment, ...]:
        """All variables that get a value."""
        return tuple(_options.variables(self.document))

    @cached_property
    def given_to_python(self) -> dict[str, int]:
        """The last place where a Python is given a file of each name."""
        found: dict[str, int] = {}
        for command in self.commands:
            if any(_PYTHONS.fullmatch(base_name(word.text)) for word in command.words[:3]):
                for word in command.words[1:]:
                    found[base_name(word.text)] = command.span.start
        return found

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """All settings of pip-like clients: variables and keys first, then flags."""
        found = [o for entry in self.variables if (o := _options.of_variable(entry))]
        found += [option for key in self.keys for option in _options.of_key(key)]
        for run in self.runs:
            found += _options.of_pip_config(run)
            found += _options.flags(run)
        return tuple(found)

    @cached_property
    def addresses(self) -> dict[str, list[tuple[int, str]]]:
        """The URLs that variables hold, with the place of each."""
        found: dict[str, list[tuple[int, str]]] = {}
        for entry in self.document.entries:
            if isinstance(entry, Assignment) and (url := address_in(entry.value.text)):
                found.setdefault(entry.name, []).append((entry.span.start, url))
        return found

    @cached_property
    def made(self) -> dict[str, str]:
        """What makes the value of each variable that a command or a pattern of the shell gives.

        A variable that is cut twice (`${HOST%%/*}` of itself) is what its first value was cut of.
        """
        found: dict[str, str] = {}
        for entry in self.document.entries:
            if isinstance(entry, Assignment) and is_whole(text := entry.value.text):
                is_first = found.get(entry.name) is None or not reads(text, entry.name)
                if is_first:
                    found[entry.name] = text
        return found

    @cached_property
    def indexes_of_runs(self) -> dict[int, str]:
        """The index that each client is run with, by the identity of its run."""
        found: dict[int, str] = {}
        for option in self.named("index-url", "extra-index-url"):
            if option.run is not None and option.values:
                found.setdefault(id(option.run), address_in(option.values[0].text))
        return found

    def named(self, *names: str) -> tuple[Option, ...]:
        """The settings of these names."""
        return tuple(option for option in self.options if option.name in names)

    def holds(self, entry: Entry, command: Command) -> bool:
        """Whether what an entry sets is in force for a command.

        What is declared for a part of the file holds for all that runs there, wherever it is
        written; anything else holds from its line on.
        """
        if entry.span.within(command.span):
            return True
        if isinstance(entry, Assignment):
            held = command.environment.get(entry.name)
            if held is not None and _is_same(held, entry.value):
                return True
            if entry.how is How.PREFIX or entry.inside is not None:
                return False
        return self.sees(command.scope, entry.scope) and entry.span.start < command.span.start

    def sees(self, scope: str, other: str) -> bool:
        """Whether what is set in scope `other` is in force in `scope`."""
        if not other or other == scope:
            return True
        return any(stage.scope == scope and other in stage.parents for stage in self.stages)


def _is_same(held: Word, value: Word) -> bool:
    """Whether two words are written at one place; a default is a part of what declares it."""
    return held is value or held.at == value.at or value.place().within(held.place())
