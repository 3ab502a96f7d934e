"""`certmend bundle add` and `remove`: a bundle changed in place, with undo."""

import os

import click

from certmend import terminal
from certmend.commands.bundle import options
from certmend.errors import UsageError
from certmend.model.text import visible


@click.command(short_help="Add CAs to a bundle; the rest stays as it is.")
@click.argument("file")
@click.argument("sources", nargs=-1, required=True, metavar="CA...")
@options.passwords
def add(
    file: str, sources: tuple[str, ...], password_file: str | None, password_env: str | None
) -> int:
    """Add CAs to a bundle; what is in it stays as it is, comments and order too."""
    from certmend.remedy import bundles, journal
    from certmend.tasks import bundling

    merged = bundling.build(
        sources, "none", options.asker(password_file, password_env), journal.now()
    )
    if merged.expired:
        one = merged.expired[0]
        raise UsageError(
            f'"{one.label}" expired on {one.not_after:%Y-%m-%d}', "ask for the CA's new certificate"
        )
    content = bundles.added(bundling.existing(file), merged.kept)
    return _store(f"bundle add {file}", file, content, "added", [one.label for one in merged.kept])


@click.command(short_help="Remove CAs, by file or by fingerprint.")
@click.argument("file")
@click.argument("wanted", nargs=-1, required=True, metavar="CA...")
@options.passwords
def remove(
    file: str, wanted: tuple[str, ...], password_file: str | None, password_env: str | None
) -> int:
    """Remove CAs from a bundle; each is a file, or the beginning of a SHA-256 fingerprint."""
    from certmend.remedy import bundles
    from certmend.tasks import bundling

    content = bundling.existing(file)
    have = {sha256 for _, sha256 in bundles.parts(content) if sha256}
    ask = options.asker(password_file, password_env)
    drop: set[str] = set()
    for one in wanted:
        digits = bundles.hexadecimal(one)
        if digits is None:
            fits = have & {member.sha256 for member in bundling.load((one,), ask)}
        else:
            fits = {sha256 for sha256 in have if sha256.startswith(digits)}
            if len(fits) > 1:
                raise UsageError(
                    f"{visible(one)} fits {len(fits)} certificates", "give more digits"
                )
        if not fits:
            raise UsageError(
                f"{visible(one, 300)} is not in {visible(file, 300)}",
                f"`certmend bundle show {visible(file, 300)}` lists what is",
            )
        drop |= fits
    return _store(
        f"bundle remove {file}", file, bundles.removed(content, drop), "removed", sorted(drop)
    )


def _store(title: str, file: str, content: bytes, verb: str, names: list[str]) -> int:
    from certmend.tasks import bundling

    record, _ = bundling.store(bundling.the_journal(os.environ), title, {file: content})
    if record is None:
        terminal.talk(f"{visible(file, 300)} already holds them: nothing to change")
        return 0
    for name in names:
        terminal.talk(f"{verb}: {name}")
    terminal.talk(f"`certmend undo {record.id}` takes it back")
    return 0
