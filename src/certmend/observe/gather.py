"""From a request to facts: which clients and indexes, who is asked, what is looked at, all at once.

pip's interpreter is started first, since it takes longest; while it imports pip, certmend imports
what it needs itself, reads this machine's stores and makes the other clients ready: nothing that is
slow to import stands at the top of this module. Each index is then tried by every client and looked
at by certmend at the same time, over the routes that the clients take.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import certmend
from certmend.observe import interpreter, starting
from certmend.observe.request import Request

if TYPE_CHECKING:
    from certmend.model.facts import Facts, FileProblem
    from certmend.observe.files.requirements import Line
    from certmend.observe.hearing import Opened
    from certmend.observe.hearing import Question as Asked


def gather(
    request: Request,
    environment: Mapping[str, str],
    while_waiting: Callable[[], object] | None = None,
    conversation: interpreter.Conversation | None = None,
) -> "Facts":
    """Observe everything a request needs. Raises `UsageError` for input that cannot be used.

    `while_waiting` is called while the clients' interpreters start. A `conversation` with pip that
    was begun already is used, and left open.
    """
    with ExitStack() as stack:
        asked, opened = _open(request, environment, stack, conversation)
        from certmend.model.facts import Facts, Machine
        from certmend.model.text import visible
        from certmend.observe import hearing, trust

        machine = trust.machine(environment)
        if while_waiting is not None:
            while_waiting()
        found = hearing.together(hearing.hear(opened, asked, machine))
        seen = trust.observe(
            found.stores, found.attempts, machine, fetch=request.fetch, timeout=request.timeout
        )
        return Facts(
            version=certmend.__version__,
            now=_now(request.at),
            machine=Machine(platform=sys.platform, clock_floor=machine.clock_floor),
            clients=found.clients,
            indexes=found.indexes,
            attempts=found.attempts,
            stores=seen.stores,
            public_roots=seen.public_roots,
            fetched=seen.fetched,
            revocations=seen.revocations,
            file_problems=_file_problems(asked.lines),
            package=visible(asked.package, 100),
        )


def settings(request: Request, environment: Mapping[str, str]) -> "Facts":
    """Observe what the clients are set to, without looking at a network."""
    with ExitStack() as stack:
        asked, opened = _open(request, environment, stack)
        from certmend.model.facts import Facts, Machine
        from certmend.observe import hearing, trust

        found = hearing.together(hearing.unheard(opened))
        return Facts(
            version=certmend.__version__,
            now=_now(request.at),
            machine=Machine(platform=sys.platform),
            clients=found.clients,
            indexes=found.indexes,
            stores=trust.without_certificates(found.stores),
            file_problems=_file_problems(asked.lines),
            about_settings=True,
        )


def _open(
    request: Request,
    environment: Mapping[str, str],
    stack: ExitStack,
    conversation: interpreter.Conversation | None = None,
) -> "tuple[Asked, tuple[Opened, ...]]":
    """Start pip's interpreter, then make every other client ready."""
    if request.asks_pip and conversation is None:
        python = starting.find(request.python, environment)
        conversation = stack.enter_context(interpreter.Conversation(python, environment))
    from certmend.observe import indexes
    from certmend.observe.files import requirements

    for given in request.urls:
        indexes.check(given)
    lines = tuple(
        line for path in request.requirement_files for line in requirements.read(path, environment)
    )
    flags = request.flags()
    begun = None
    if conversation is not None:
        arguments = [word for raw in flags for word in (f"--{raw.key}", raw.value)]
        trusted = [line.value for line in lines if line.key == "trusted-host"]
        begun = conversation.start(arguments, trusted, request.timeout)
    from certmend.observe import hearing, roll_call

    question = hearing.Question(
        urls=request.urls,
        flags=flags,
        environment=environment,
        lines=lines,
        package=request.package or indexes.first_package(lines),
        timeout=request.timeout,
    )
    folder = os.getcwd()  # noqa: PTH109
    seats = roll_call.present(request.clients, environment, folder, request.python, request.program)
    return question, hearing.begin(seats, question, stack, conversation, begun)


def _now(at: datetime | None) -> datetime:
    """The time asked for, or this machine's, in whole seconds."""
    return (at or datetime.fromtimestamp(int(time.time()), UTC)).astimezone(UTC)


def _file_problems(lines: "Iterable[Line]") -> "tuple[FileProblem, ...]":
    """Options that pip refuses or ignores in a requirements file."""
    from certmend.model.facts import FileProblem
    from certmend.model.text import redact, visible

    return tuple(
        FileProblem(
            path=visible(line.path, 300),
            line=line.line,
            text=redact(visible(f"--{line.key} {line.value}", 300)),
            why="pip refuses this option inside a requirements file",
        )
        for line in lines
        if line.key in ("cert", "client-cert", "proxy")
    )
