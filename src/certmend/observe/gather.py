"""From a request to facts: which indexes, who is asked, what is looked at, all at once.

The client's interpreter is started first, since it takes longest; while it imports pip,
certmend imports what it needs itself and reads this machine's stores: nothing that is slow to
import stands at the top of this module. Each index is then tried by the client and looked at by
certmend at the same time, over the route that the client said it takes.
"""

import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import certmend
from certmend.observe import interpreter
from certmend.observe.request import Request

if TYPE_CHECKING:
    from certmend.model.facts import Facts, FileProblem
    from certmend.observe.files.requirements import Line


def gather(
    request: Request,
    environment: Mapping[str, str],
    while_waiting: Callable[[], object] | None = None,
) -> "Facts":
    """Observe everything a request needs. Raises `UsageError` for input that cannot be used.

    `while_waiting` is called while the client's interpreter starts.
    """
    python = interpreter.find(request.python, environment)
    with interpreter.Conversation(python, environment) as conversation:
        return _observe(request, environment, conversation, while_waiting)


def _observe(
    request: Request,
    environment: Mapping[str, str],
    conversation: interpreter.Conversation,
    while_waiting: Callable[[], object] | None,
) -> "Facts":
    from certmend.observe import indexes
    from certmend.observe.files import requirements

    for given in request.urls:
        indexes.check(given)
    lines = tuple(
        line for path in request.requirement_files for line in requirements.read(path, environment)
    )
    flags = request.flags()
    arguments = [word for raw in flags for word in (f"--{raw.key}", raw.value)]
    trusted = [line.value for line in lines if line.key == "trusted-host"]
    asked = conversation.start(arguments, trusted, request.timeout)
    from concurrent.futures import ThreadPoolExecutor

    from certmend.model.facts import Facts, Machine
    from certmend.model.text import visible
    from certmend.observe import trust
    from certmend.observe.clients import pip
    from certmend.observe.visit import Visitor

    machine = trust.machine(environment)
    if while_waiting is not None:
        while_waiting()
    answer = conversation.about(asked)
    client = pip.read(answer, flags, environment)
    raws = (*pip.raw_settings(answer), *flags)
    wanted = indexes.wanted(request.urls, answer, raws, lines)
    secrets = (
        *pip.secrets(raws),
        *indexes.secrets(wanted),
        *indexes.proxy_secrets(environment),
    )
    visitor = Visitor(conversation, client, secrets, request.timeout)
    package = request.package or indexes.first_package(lines)
    with ThreadPoolExecutor(1, "certmend-stores") as pool:
        reading = pool.submit(trust.of_client, client, machine.places)
        attempts = visitor.visit(wanted, package)
        stores = reading.result()
    seen = trust.observe(
        (*stores, *trust.of_attempts(attempts, client, stores)),
        attempts,
        machine,
        fetch=request.fetch,
        timeout=request.timeout,
    )
    return Facts(
        version=certmend.__version__,
        now=(request.at or datetime.fromtimestamp(int(time.time()), UTC)).astimezone(UTC),
        machine=Machine(platform=sys.platform, clock_floor=machine.clock_floor),
        clients=(client,),
        indexes=tuple(one.index for one in wanted),
        attempts=tuple(attempts),
        stores=seen.stores,
        public_roots=seen.public_roots,
        fetched=seen.fetched,
        revocations=seen.revocations,
        file_problems=_file_problems(lines),
        package=visible(package, 100),
    )


def _file_problems(lines: "tuple[Line, ...]") -> "tuple[FileProblem, ...]":
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
