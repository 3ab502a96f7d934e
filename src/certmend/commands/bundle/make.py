"""`certmend bundle build`."""

import click

from certmend import terminal
from certmend.commands.bundle import options


@click.command()
@click.argument("sources", nargs=-1, metavar="[CA]...")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; without it, it is shown.")
@click.option(
    "--roots",
    type=click.Choice(["certifi", "system", "none"]),
    default="certifi",
    show_default=True,
    help="The public roots to begin with.",
)
@options.passwords
def build(
    sources: tuple[str, ...],
    output: str | None,
    roots: str,
    password_file: str | None,
    password_env: str | None,
) -> int:
    """Merge public roots and CAs into one PEM bundle.

    CA is a file or folder: PEM, DER, PKCS#7 or PKCS#12. Each certificate is in the bundle once,
    in the order given, with a comment. Expired ones are left out; a certificate that is no CA and
    a private key are refused.
    """
    import os

    from certmend.model.text import visible
    from certmend.remedy import bundles, journal
    from certmend.tasks import bundling

    ask = options.asker(password_file, password_env)
    merged = bundling.build(sources, roots, ask, journal.now())
    for one in merged.expired:
        terminal.talk(f"left out: {one.label} expired on {one.not_after:%Y-%m-%d} ({one.source})")
    content = bundles.text(merged.kept)
    if output is None:
        terminal.out(content)
        return 0
    kept = bundling.the_journal(os.environ)
    record, _ = bundling.store(kept, f"bundle build {output}", {output: content.encode("ascii")})
    shown = visible(output, 300)
    twice = f", {merged.duplicates} given twice" if merged.duplicates else ""
    number = options.count(len(merged.kept), "certificate")
    state = "now holds" if record else "already holds"
    terminal.talk(f"{shown} {state} {number}{twice}")
    return 0
