"""Carry out a check: look at every index, read the bundle, and let the real pip fetch packages.

pip is started first, since starting it takes longest: the indexes are looked at meanwhile. The
interpreter that is asked what pip is set to lets a copy of itself download.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from certmend.observe import gather
from certmend.observe.files import requirements
from certmend.observe.interpreter import Conversation
from certmend.observe.request import Request
from certmend.process import Crew
from certmend.tasks.real_pip import Pip, Said

if TYPE_CHECKING:
    from certmend.model.facts import Facts
    from certmend.model.gate import Bundle, Gate

_LIMIT = 60.0
_AT_ONCE = 4
_PLACES = ("index-url", "extra-index-url", "find-links")


def check(
    request: Request,
    packages: Sequence[str],
    environment: Mapping[str, str],
    *,
    min_days: int,
    while_waiting: Callable[[], object] | None = None,
) -> "Gate":
    """Check what a request comes to, and that pip can download the packages.

    Raises `UsageError` for input that cannot be used.
    """
    with (
        tempfile.TemporaryDirectory(prefix="certmend-") as made,
        ThreadPoolExecutor(_AT_ONCE + 1, "certmend-pip") as pool,
        Crew() as crew,
        ExitStack() as stack,
    ):
        trial = _Trial(request, environment, crew, Path(made))
        conversation = stack.enter_context(trial.converse()) if packages else None
        proving = trial.begin(packages, conversation, pool) if conversation else None
        facts = gather.gather(request, environment, while_waiting, conversation)
        from certmend.judge import engine, gate
        from certmend.model.gate import Proof

        findings = engine.judge(facts)
        bundles = tuple(_bundles(facts))
        told = {} if proving is None else _each(proving(), packages, trial, pool)
        client = next((one.label for one in facts.clients if one.name == "pip"), "pip")
        proofs = [
            Proof(package=name, client=client, ok=said.ok, reason="" if said.ok else said.reason)
            for name, said in told.items()
        ]
    return gate.gate(facts, findings, min_days=min_days, bundles=bundles, proofs=proofs)


def _each(
    together: Said, packages: Sequence[str], trial: "_Trial", pool: ThreadPoolExecutor
) -> dict[str, Said]:
    """What pip said of each package: asked for alone where it did not get them all at once."""
    if together.ok or len(packages) == 1:
        return dict.fromkeys(packages, together)
    return dict(zip(packages, pool.map(lambda one: trial.download([one]), packages), strict=True))


class _Trial:
    """Downloads into a folder that is thrown away."""

    def __init__(
        self, request: Request, environment: Mapping[str, str], crew: Crew, room: Path
    ) -> None:
        self._pip = Pip(request, environment, crew)
        self._environment = environment
        self._room = room
        lines = list(_places(request, environment))
        self._options: tuple[str, ...] = ()
        if lines:
            # The indexes that the requirements files name, without their requirements.
            file = room / "indexes.txt"
            file.touch(0o600)
            file.write_text("".join(lines), encoding="utf-8")
            self._options = ("-r", str(file))

    def converse(self) -> Conversation:
        """The interpreter of pip, of which nothing has been asked."""
        return Conversation(self._pip.python, self._environment)

    def begin(
        self, packages: Sequence[str], conversation: Conversation, pool: ThreadPoolExecutor
    ) -> Callable[[], Said]:
        """Begin to `download`; what is returned waits for the end."""
        wanted, folder = self._order(packages)
        begun = self._pip.begin(conversation, wanted, folder, limit=_LIMIT, retries=0)
        if begun is None:
            return pool.submit(self.download, packages).result
        return lambda: begun() or self.download(packages)

    def download(self, packages: Sequence[str]) -> Said:
        """Let pip download them, without what they need."""
        wanted, folder = self._order(packages)
        return self._pip.download(wanted, folder, limit=_LIMIT, retries=0)

    def _order(self, packages: Sequence[str]) -> tuple[list[str], Path]:
        folder = tempfile.mkdtemp(dir=self._room)
        # A file out of pip's cache would prove nothing of the index.
        return ["--no-deps", "--no-cache-dir", *self._options, *packages], Path(folder)


def _places(request: Request, environment: Mapping[str, str]) -> Iterator[str]:
    for path in request.requirement_files:
        for line in requirements.read(path, environment):
            if line.key in _PLACES:
                beside = Path(line.path).parent / line.value
                local = not urlsplit(line.value).scheme and beside.exists()
                yield f"--{line.key} {beside.resolve() if local else line.value}\n"
            elif line.key == "no-index":
                yield "--no-index\n"


def _bundles(facts: "Facts") -> "Iterator[Bundle]":
    """Each file that settings name, once, with all the clients that use it."""
    from certmend.model.gate import Bundle
    from certmend.model.text import visible
    from certmend.observe import bundle, mozilla, trust

    certifis = frozenset(trust.public_roots().certificates)
    users: dict[str, list[tuple[str, str]]] = {}
    for client in facts.clients:
        for used in (client.trust, *(one.trust for one in client.scoped)):
            if used.bundle:
                users.setdefault(used.bundle, []).append((used.bundle_origin, client.label))
    for path, named in users.items():
        held = bundle.read(str(Path(path)), path).certificates
        known = certifis.issuperset(held)
        public = certifis if known else certifis.union(mozilla.packaged())
        origins, clients = (", ".join(dict.fromkeys(words)) for words in zip(*named, strict=True))
        yield Bundle(
            path=visible(path, 300),
            origin=visible(origins, 300),
            client=clients,
            own=tuple(der for der in held if der not in public),
            public=sum(der in public for der in held),
        )
