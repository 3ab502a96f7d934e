"""`certmend env`: the variables that make every client read one CA bundle."""

import os
from pathlib import Path

import click

from certmend import terminal
from certmend.errors import UsageError
from certmend.model.text import visible

_SHELLS = ("bash", "zsh", "fish", "powershell", "dotenv", "github", "gitlab", "docker")
_EXAMPLES = """\b
  eval "$(certmend env --shell bash)"             this shell
  certmend env --shell zsh --write ~/.zshrc       every shell, in a marked block
  certmend env --shell github >> "$GITHUB_ENV"    the steps that follow
  certmend env --shell docker --bundle /etc/corp/bundle.pem
"""


def _readers(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    from certmend.remedy import variables

    return [name for name in variables.CLIENTS if name.startswith(incomplete)]


@click.command(
    help=f"Print the variables that make every client read one CA bundle.\n\n{_EXAMPLES}"
)
@click.option("--shell", type=click.Choice(_SHELLS), required=True, help="What to write it for.")
@click.option(
    "--bundle", metavar="FILE", help="The bundle; by default the one that certmend keeps for you."
)
@click.option(
    "--client",
    "clients",
    multiple=True,
    metavar="NAME",
    shell_complete=_readers,
    help="Only what this client reads.",
)
@click.option(
    "--write",
    "target",
    metavar="FILE",
    help="Put it into a file, in a marked block; `certmend undo` takes it back.",
)
def env(shell: str, bundle: str | None, clients: tuple[str, ...], target: str | None) -> int:
    """Print the variables, or put them into a file."""
    from certmend.remedy import variables

    for name in clients:
        if name not in variables.CLIENTS:
            raise UsageError(
                f"no variable is known for {visible(name)}",
                f"known are {', '.join(variables.CLIENTS)}",
            )
    path = _bundle(bundle, elsewhere=shell in ("docker", "gitlab") and bundle is not None)
    made = variables.lines(shell, variables.wanted(clients), path)
    if target is None:
        terminal.out(made)
        return 0
    return _write(target, {one.name: path for one in variables.wanted(clients)}, shell)


def _bundle(named: str | None, *, elsewhere: bool) -> str:
    """The bundle's path; one for another machine is taken as it is."""
    from certmend.remedy import keeping

    if elsewhere and named is not None:
        return named
    path = named or str(keeping.user_place(dict(os.environ)))
    place = Path(path).expanduser().absolute()
    if not place.exists():
        raise UsageError(
            f"{visible(str(place), 500)} does not exist",
            f"`certmend bundle build corp-ca.crt -o {visible(str(place), 500)}` makes it",
        )
    _check(str(place))
    return str(place)


def _check(path: str) -> None:
    """Refuse a file that clients cannot load, and say what a lone CA would break."""
    from certmend.observe import bundle
    from certmend.tasks import bundling

    held = bundle.read(path, "a bundle")
    if not held.store.usable:
        raise UsageError(
            f"{visible(path, 500)} cannot be used as a bundle: {held.store.detail}",
            "`certmend bundle check` says more",
        )
    public = {one.der for one in bundling.public_roots("certifi")}
    if not public & set(held.certificates):
        terminal.talk(
            f"{visible(path, 300)} holds no public root: uv, httpx and older pips would trust\n"
            "nothing else, and the public index would fail; `certmend bundle build` adds them"
        )


def _write(target: str, values: dict[str, str], shell: str) -> int:
    from certmend.remedy import ground, variables
    from certmend.remedy.edits import block
    from certmend.tasks import bundling

    if shell in ("github", "gitlab", "docker"):
        raise UsageError(f"`--write` is for shells and .env files, not {shell}", "redirect it")
    old = ground.content(target) or b""
    made = variables.merged(shell, block.lines(old), values)
    content = block.set_block(old, target, made, for_shell=shell in ("bash", "zsh", "fish"))
    kept = bundling.the_journal(os.environ)
    record, _ = bundling.store(kept, f"env in {target}", {target: content})
    if record is None:
        terminal.talk(f"{visible(target, 300)} has it already")
    else:
        terminal.talk(
            f"{visible(target, 300)} now sets it; `certmend undo {record.id}` takes it back"
        )
    return 0
