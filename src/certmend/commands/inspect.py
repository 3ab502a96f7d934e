"""`certmend inspect`: a chain as a tree, every fault in it, and what each client would say."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from certmend import api, flags, terminal
from certmend.errors import UsageError
from certmend.model.text import visible

_EXAMPLES = """\b
  certmend inspect pypi.corp.example            what the server shows
  certmend inspect chain.pem --host pypi.corp.example --trust ca.pem
  certmend inspect HOST --profile webpki        what uv would say
  certmend inspect HOST --at 2027-01-01T00:00:00Z
  certmend inspect --batch cases.jsonl --format json
"""
_LARGE = 1 << 19
"""Bytes of cases from which on more than one process pays; a case has a few KiB."""
_MOST = 8
_PROFILES = ("openssl", "openssl-strict", "openssl-nocn", "webpki", "all")


@click.command(
    short_help="Show a certificate chain, and who would accept it.",
    epilog="Exit status: 0 trusted, 1 refused, 2 wrong use, 3 certmend's own failure.",
)
@click.argument("targets", nargs=-1, metavar="HOST[:PORT]|URL|FILE...")
@click.option("--chain", metavar="FILE", help="The chain, leaf first; as FILE.")
@click.option("--trust", metavar="BUNDLE", help="A CA file or folder: the only one trusted.")
@click.option("--host", metavar="NAME", help="The name that the certificate should be for.")
@click.option("--at", metavar="TIME", help="Judge dates at this time (RFC 3339).")
@click.option("--profile", type=click.Choice(_PROFILES), default="all", show_default=True)
@click.option("--proxy", default="", metavar="URL", help="Reach the server through this proxy.")
@flags.timeout(10.0, "Seconds for reaching the server.")
@click.option("--no-fetch", is_flag=True, help="Fetch no missing certificate or revocation list.")
@click.option(
    "--batch",
    metavar="CASES.jsonl",
    help="Judge a case for each line; - reads standard input. Always JSON; exit status 0.",
)
@flags.formats("text", "json")
def inspect(
    *,
    targets: tuple[str, ...],
    chain: str | None,
    trust: str | None,
    host: str | None,
    at: str | None,
    profile: str,
    proxy: str,
    timeout: float,
    no_fetch: bool,
    batch: str | None,
    format_name: str,
) -> int:
    """Show a certificate chain as a tree, and what each client would say of it."""
    from certmend.model.inspection import Wanted

    if batch is not None:
        if targets or chain:
            raise UsageError("--batch goes with no other input", "leave the file or host out")
        _batch(batch)
        return 0
    files, server = _sort((*targets, *((chain,) if chain else ())))
    wanted = Wanted(
        server=server,
        files=files,
        trust=trust or "",
        host=host,
        at=_time(at),
        proxy=proxy,
        timeout=timeout,
        fetch=not no_fetch,
    )
    shown = api.inspect(wanted, profile)
    terminal.out(api.render_inspection(shown, format_name, terminal.view()))
    return 0 if api.is_trusted(shown) else 1


inspect.help = f"{inspect.help}\n\n{_EXAMPLES}"


def _sort(targets: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The files among the targets, or the one server."""
    from certmend.observe.chain import is_file

    if not targets:
        raise UsageError("nothing to inspect", "give a host, a URL, or files with certificates")
    files = tuple(one for one in targets if is_file(one))
    servers = [one for one in targets if one not in files]
    if servers and (files or len(servers) > 1):
        raise UsageError(
            "one server at a time, and no files with it", "call inspect once for each server"
        )
    return files, servers[0] if servers else ""


def _time(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{visible(text)!r} is not a time", "write it as in 2026-11-24T12:00:00Z"
        ) from None


def _batch(name: str) -> None:
    """Answer line by line, so that who writes to a pipe gets each answer before the next case."""
    for answer in api.inspect_batch(_lines(name), _processes(name)):
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()


def _processes(name: str) -> int:
    """One for each core where the file is worth it; one for a pipe."""
    try:
        large = Path(name).is_file() and Path(name).stat().st_size > _LARGE
    except OSError:
        return 1
    return min(os.cpu_count() or 1, _MOST) if large else 1


def _lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot read {visible(name)}: {words}", "give a file with one JSON object a line"
        ) from None
