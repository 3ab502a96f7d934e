"""All clients of one run, each heard on its own indexes at the same time.

A client that nothing was set for is heard on the indexes of the first one, which is pip where it
is among them: every index gets a verdict from every client.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property, partial

import msgspec

from certmend.errors import UsageError
from certmend.model.attempt import Attempt
from certmend.model.client import ClientFacts, ClientProblem
from certmend.model.index import Index, Purpose
from certmend.model.setting import Origin, OriginKind
from certmend.model.text import redact, visible
from certmend.observe import children, indexes, interpreter, pip, pip_settings, trust, witness
from certmend.observe.bundle import Bundle
from certmend.observe.clients.pip import PIP
from certmend.observe.deadline import in_thread
from certmend.observe.files.requirements import Line
from certmend.observe.indexes import Wanted
from certmend.observe.pip_settings import Raw
from certmend.observe.probe import Target
from certmend.observe.programs import Programs
from certmend.observe.roll_call import Seat
from certmend.observe.trust import MachineStores
from certmend.observe.visit import Looker, Visitor
from certmend.observe.witness import Witness


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What every client of a run is asked about."""

    urls: tuple[str, ...]
    flags: tuple[Raw, ...]
    environment: Mapping[str, str]
    lines: tuple[Line, ...]
    package: str
    timeout: float

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The options as they would stand on a command line."""
        return tuple((f"--{raw.key}", raw.value) for raw in self.flags)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one client."""

    client: ClientFacts
    wanted: tuple[Wanted, ...]
    attempts: tuple[Attempt, ...]
    stores: tuple[Bundle, ...] = ()


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """All clients, each index once."""

    clients: tuple[ClientFacts, ...]
    indexes: tuple[Index, ...]
    attempts: tuple[Attempt, ...]
    stores: tuple[Bundle, ...]
    """Those of all clients, the first one's first."""


class Opened:
    """A client that is being made ready; what is asked of it waits until it is."""

    def __init__(self, ready: Callable[[], Witness]) -> None:
        self._ready = ready

    @cached_property
    def witness(self) -> Witness:
        """The client, ready to be asked."""
        return self._ready()

    @property
    def facts(self) -> ClientFacts:
        """What it is and is set to."""
        return self.witness.facts

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The indexes that its settings name."""
        return self.witness.wanted


def begin(
    seats: Sequence[Seat],
    question: Question,
    stack: ExitStack,
    conversation: interpreter.Conversation | None,
    begun: interpreter.Asked | None,
) -> tuple[Opened, ...]:
    """Start whatever answers for each client; `conversation` is with pip, which was begun."""
    found = []
    for seat in seats:
        if seat.client is PIP and conversation is not None and begun is not None:
            found.append(Opened(partial(_pip, seat, question, conversation, begun)))
        else:
            found.append(Opened(in_thread(_open, seat, question, stack).result))
    return tuple(found)


def _pip(
    seat: Seat,
    question: Question,
    conversation: interpreter.Conversation,
    begun: interpreter.Asked,
) -> Witness:
    answer = conversation.about(begun)
    facts = pip.read(answer, question.flags, question.environment)
    raws = (*pip.raw_settings(answer), *question.flags)
    wanted = indexes.wanted(question.urls, answer, raws, question.lines)
    secrets = (
        *pip_settings.secrets(raws),
        *indexes.secrets(wanted),
        *indexes.proxy_secrets(question.environment),
    )
    facts = msgspec.structs.replace(facts, indexes=tuple(one.index for one in wanted))
    facts = witness.with_rows(facts, seat)
    started = tuple(children.of_pip(facts, answer))
    facts = msgspec.structs.replace(facts, children=(*facts.children, *started))
    return Witness(facts=facts, wanted=wanted, asker=conversation, secrets=secrets)


def _open(seat: Seat, question: Question, stack: ExitStack) -> Witness:
    try:
        found = witness.open_witness(seat, question.environment, question.options, question.timeout)
    except UsageError as error:
        facts, reading, _ = witness.read(seat, question.environment, question.options)
        broken = msgspec.structs.replace(
            facts, problem=ClientProblem.BROKEN, detail=f"{error.message}; {error.hint}"
        )
        return Witness(facts=broken, wanted=(), asker=None, secrets=reading.secrets)
    if found.asker is not None:
        stack.callback(found.asker.close)
    found.secrets = (*found.secrets, *indexes.proxy_secrets(question.environment))
    return found


def hear(opened: Sequence[Opened], question: Question, machine: MachineStores) -> tuple[Told, ...]:
    """Let every client try its indexes. Raises `UsageError` when none of them can be asked."""
    looker = Looker(question.timeout)
    shared = _given(question) or (opened[0].wanted if opened else ()) or _public(opened)
    waiting = [in_thread(_hear, one, shared, question, looker, machine) for one in opened[1:]]
    first = [_hear(one, shared, question, looker, machine) for one in opened[:1]]
    found = _without_absent((*first, *(one.result() for one in waiting)))
    broken = [one.client for one in found if one.client.problem is ClientProblem.BROKEN]
    if broken and len(broken) == len(found):
        words = f"{broken[0].label} cannot be asked: {broken[0].detail}"
        raise UsageError(words, "correct it, and run it again")
    return found


def unheard(opened: Sequence[Opened]) -> tuple[Told, ...]:
    """What the clients are set to, without a try."""
    told = tuple(
        Told(
            client=one.facts,
            wanted=one.wanted,
            attempts=(),
            stores=trust.of_client(one.facts, ()),
        )
        for one in opened
    )
    return _without_absent(told)


def _without_absent(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Those that are there. Raises `UsageError` when none of the clients asked for is."""
    found = tuple(one for one in told if one.client.problem is not ClientProblem.ABSENT)
    if not found and told:
        first = told[0].client
        raise UsageError(
            f"{first.name} is not installed in {visible(first.location, 300)}",
            "name another Python with `--python PATH`",
        )
    return found


def _hear(
    one: Opened,
    shared: tuple[Wanted, ...],
    question: Question,
    looker: Looker,
    machine: MachineStores,
) -> Told:
    client = one.facts
    reading = in_thread(trust.of_client, client, machine.places)
    wanted = _given(question) or one.wanted or shared
    attempts = _attempts(one, client, wanted, question, looker)
    if isinstance(one.witness.asker, Programs) and (words := one.witness.asker.refused):
        detail = redact(visible(words, 400), one.witness.secrets)
        client = msgspec.structs.replace(client, problem=ClientProblem.BROKEN, detail=detail)
        attempts = ()
    stores = reading.result()
    more = trust.of_attempts(attempts, client, stores)
    return Told(client=client, wanted=wanted, attempts=attempts, stores=(*stores, *more))


def _attempts(
    one: Opened,
    client: ClientFacts,
    wanted: tuple[Wanted, ...],
    question: Question,
    looker: Looker,
) -> tuple[Attempt, ...]:
    if client.problem is not None and client.name != PIP.name:
        return ()
    if one.witness.asker is None:
        return _unasked(client, wanted, question, looker)
    secrets = (*one.witness.secrets, *indexes.secrets(wanted))
    visitor = Visitor(one.witness.asker, client, secrets, question.timeout, looker)
    return tuple(visitor.visit(wanted, question.package))


def _unasked(
    client: ClientFacts, wanted: tuple[Wanted, ...], question: Question, looker: Looker
) -> tuple[Attempt, ...]:
    """What is seen of the indexes of a client that is not here; judges say what it would do."""
    found = []
    for number, one in enumerate(wanted):
        url = one.index.url
        if not url.is_http:
            continue
        target = Target(host=url.host, port=url.port, tls=url.scheme == "https")
        try:
            seen = looker.look(target).result(2 * question.timeout)
        except TimeoutError:
            seen = None
        verifies = witness.verifies(client, str(url))
        found.append(
            Attempt(
                client=client.name,
                url=url,
                purpose=one.index.purpose,
                index=number,
                verifies=verifies,
                asked=False,
                probe=seen,
                failure=seen.failure if seen is not None else None,
            )
        )
    return tuple(found)


def _given(question: Question) -> tuple[Wanted, ...]:
    return indexes.wanted(question.urls, {}, (), ()) if question.urls else ()


def _public(opened: Sequence[Opened]) -> tuple[Wanted, ...]:
    """The default index of the first client that has one."""
    for one in opened:
        for index in one.facts.indexes:
            if index.purpose is Purpose.INDEX:
                return (Wanted(index=index, raw=str(index.url)),)
    origin = Origin(kind=OriginKind.DEFAULT)
    url = indexes.check("https://pypi.org/simple/")
    return (Wanted(index=Index(url=url, origin=origin), raw=str(url)),)


def together(told: Sequence[Told]) -> Together:
    """All clients, with each index once: the first client's origin stands for it."""
    known: dict[tuple[str, Purpose], int] = {}
    found: list[Index] = []
    attempts: list[Attempt] = []
    for one in told:
        numbers = []
        for wanted in one.wanted:
            key = (indexes.page(wanted.raw), wanted.index.purpose)
            if key not in known:
                known[key] = len(found)
                found.append(wanted.index)
            numbers.append(known[key])
        attempts += [msgspec.structs.replace(a, index=numbers[a.index]) for a in one.attempts]
    return Together(
        clients=tuple(one.client for one in told),
        indexes=tuple(found),
        attempts=tuple(attempts),
        stores=tuple(store for one in told for store in one.stores),
    )
