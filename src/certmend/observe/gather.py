"""From a request to facts: which indexes, who is asked, what is looked at, all at once.

The client's interpreter is started first, since it takes longest; while it imports pip,
certmend imports what it needs itself. Each index is then tried by the client and looked at by
certmend at the same time, over the route that the client said it takes.
"""

import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

import certmend
from certmend.model.facts import Facts, FileProblem, Machine
from certmend.model.setting import Origin, OriginKind
from certmend.model.text import redact, visible
from certmend.observe import indexes, interpreter
from certmend.observe.clients import pip
from certmend.observe.clients.pip import Raw
from certmend.observe.files import requirements
from certmend.observe.visit import Visitor


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What to diagnose. Everything may be left out: then it is what pip would use here."""

    urls: tuple[str, ...] = ()
    requirement_files: tuple[str, ...] = ()
    index_url: str | None = None
    extra_index_urls: tuple[str, ...] = ()
    find_links: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    python: str | None = None
    cert: str | None = None
    client_cert: str | None = None
    proxy: str | None = None
    package: str = ""
    timeout: float = 10.0
    """Seconds for each stage; the whole takes at most three times that."""
    at: datetime | None = None
    fetch: bool = True
    """Whether missing certificates and revocation lists are fetched."""

    def flags(self) -> tuple[Raw, ...]:
        """The pip options among it, as settings whose origin is the flag."""
        single = {
            "index-url": self.index_url,
            "cert": self.cert,
            "client-cert": self.client_cert,
            "proxy": self.proxy,
        }
        many = {
            "extra-index-url": self.extra_index_urls,
            "find-links": self.find_links,
            "trusted-host": self.trusted_hosts,
        }
        given = [(key, value) for key, value in single.items() if value is not None]
        given += [(key, value) for key, values in many.items() for value in values]
        return tuple(
            Raw(key=key, value=value, origin=Origin(kind=OriginKind.FLAG, name=f"--{key}"))
            for key, value in given
        )


def gather(request: Request, environment: Mapping[str, str]) -> Facts:
    """Observe everything a request needs. Raises `UsageError` for input that cannot be used."""
    for given in request.urls:
        indexes.check(given)
    lines = tuple(
        line for path in request.requirement_files for line in requirements.read(path, environment)
    )
    flags = request.flags()
    python = interpreter.find(request.python, environment)
    arguments = [word for raw in flags for word in (f"--{raw.key}", raw.value)]
    trusted = [line.value for line in lines if line.key == "trusted-host"]
    with interpreter.Conversation(python, environment) as conversation:
        asked = conversation.start(arguments, trusted, request.timeout)
        from certmend.observe import trust  # while the interpreter imports pip

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
        attempts = visitor.visit(wanted, package)
    seen = trust.observe(
        client, attempts, environment, fetch=request.fetch, timeout=request.timeout
    )
    return Facts(
        version=certmend.__version__,
        now=(request.at or datetime.fromtimestamp(int(time.time()), UTC)).astimezone(UTC),
        machine=Machine(platform=sys.platform, clock_floor=trust.clock_floor()),
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


def _file_problems(lines: tuple[requirements.Line, ...]) -> tuple[FileProblem, ...]:
    """Options that pip refuses or ignores in a requirements file."""
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
