"""`certmend bundle show`, `check`, `diff` and `find`: nothing is changed."""

import os
from datetime import timedelta
from typing import Any

import click

from certmend import flags, terminal
from certmend.commands.bundle import options
from certmend.errors import UsageError
from certmend.model.text import visible

_TIMEOUT = 10.0


@click.command(short_help="List the certificates of a file or folder.")
@click.argument("file")
@options.passwords
@flags.formats("text", "json")
def show(file: str, password_file: str | None, password_env: str | None, format_name: str) -> int:
    """List the certificates of a file or folder: PEM, DER, PKCS#7 or PKCS#12."""
    from certmend.tasks import bundling

    ask = options.asker(password_file, password_env)
    found = bundling.load((file,), ask, keys_allowed=True)
    if format_name == "json":
        options.say_json(
            {
                "schema": "certmend/bundle/1",
                "path": visible(file, 500),
                "certificates": [options.data(one) for one in found],
            }
        )
        return 0
    terminal.out(f"{visible(file, 500)}: {options.count(len(found), 'certificate')}\n")
    terminal.out("\n".join(options.lines(one) for one in found))
    return 0


@click.command(short_help="Judge a bundle: damage, dates, keys, and hosts.")
@click.argument("file")
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="HOST[:PORT]",
    help="A host that must verify with this bundle alone; or an index's URL.",
)
@click.option(
    "--days",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    help="Name the certificates that expire within so many days.",
)
@flags.formats("text", "json")
def check(file: str, hosts: tuple[str, ...], days: int, format_name: str) -> int:
    """Judge a bundle: damage, dates, duplicates, leaves, keys, and hosts.

    Exit status: 0 all is well, 1 a problem or a host that does not verify.
    """
    from certmend.observe import bundle as reading
    from certmend.remedy import bundles, journal
    from certmend.tasks import bundling

    now = journal.now()
    held = reading.read(file, "a bundle")
    problem = held.store.detail if held.store.problem is not None else ""
    found = bundles.members(held.certificates, file)
    problems = [problem] if problem else []
    problems += bundles.problems(found, now, timedelta(days=days))
    verdicts = [bundling.verdict(host, held.certificates, now, _TIMEOUT) for host in hosts]
    failed = bool(problems) or not all(one.verified for one in verdicts)
    if format_name == "json":
        options.say_json(
            {
                "schema": "certmend/bundle-check/1",
                "path": visible(file, 500),
                "ok": not failed,
                "count": len(found),
                "problems": problems,
                "hosts": [
                    {"host": one.host, "verified": one.verified, "reason": one.reason}
                    for one in verdicts
                ],
            }
        )
        return int(failed)
    terminal.out(f"{visible(file, 500)}: {options.count(len(found), 'certificate')}")
    for words in problems:
        terminal.out(f"  --  {words}")
    for one in verdicts:
        mark, words = ("ok", "verifies") if one.verified else ("--", one.reason)
        terminal.out(f"  {mark}  {one.host}: {words}")
    if not failed:
        terminal.out("  ok  no problem found")
    return int(failed)


@click.command(short_help="Compare two bundles.")
@click.argument("old")
@click.argument("new")
@options.passwords
@flags.formats("text", "json")
def diff(
    old: str, new: str, password_file: str | None, password_env: str | None, format_name: str
) -> int:
    """Compare two bundles by the certificates in them.

    Exit status: 0 they hold the same, 1 they differ.
    """
    from certmend.tasks import bundling

    ask = options.asker(password_file, password_env)
    before = {one.sha256: one for one in bundling.load((old,), ask, keys_allowed=True)}
    after = {one.sha256: one for one in bundling.load((new,), ask, keys_allowed=True)}
    gone = [one for one in before.values() if one.sha256 not in after]
    come = [one for one in after.values() if one.sha256 not in before]
    if format_name == "json":
        content: dict[str, Any] = {
            "schema": "certmend/bundle-diff/1",
            "removed": [options.data(one) for one in gone],
            "added": [options.data(one) for one in come],
        }
        options.say_json(content)
    else:
        for mark, members in (("- ", gone), ("+ ", come)):
            for one in members:
                terminal.out(options.lines(one, mark))
        same = len(before) - len(gone)
        terminal.out(
            f"{len(gone)} only in the first, {len(come)} only in the second, {same} in both"
        )
    return int(bool(gone or come))


@click.command(short_help="Find every copy of a CA on this machine.")
@click.argument("ca")
@options.passwords
@flags.formats("text", "json")
def find(ca: str, password_file: str | None, password_env: str | None, format_name: str) -> int:
    """Find every copy of a CA on this machine.

    CA is a file, or the beginning of a SHA-256 fingerprint (8 digits or more). Looked at are the
    system's stores, agents' folders, the files that variables and the settings of every client
    name, the clients' own roots, and what certmend wrote.

    Exit status: 0 found, 1 found nowhere.
    """
    from certmend.remedy import bundles
    from certmend.tasks import bundling

    wanted = bundles.hexadecimal(ca)
    if wanted is None:
        ask = options.asker(password_file, password_env)
        exact = {one.sha256 for one in bundling.load((ca,), ask)}
    elif len(wanted) < 8:
        raise UsageError(f"{visible(ca)} is too short", "give 8 digits of the SHA-256 or more")
    hits: list[dict[str, Any]] = []
    for copy in bundling.copies(os.environ):
        for one in bundles.members(copy.certificates, copy.path):
            fits = one.sha256 in exact if wanted is None else one.sha256.startswith(wanted)
            if fits:
                hits.append(
                    {"path": visible(copy.path, 500), "place": copy.name, **options.data(one)}
                )
    if format_name == "json":
        options.say_json({"schema": "certmend/bundle-find/1", "found": hits})
    else:
        for hit in hits:
            terminal.out(
                f"{hit['path']}  ({hit['place']})\n  {hit['subject']}, {hit['sha256'][:16]}"
            )
        terminal.talk(f"{options.count(len(hits), 'copy', 'copies')} on this machine")
    return 0 if hits else 1
