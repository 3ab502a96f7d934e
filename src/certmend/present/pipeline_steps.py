"""The shell lines that every pipeline runs: pin the CA, then check the index.

They are POSIX, hold no command substitution (Azure Pipelines reads `$(…)` as a variable of its
own) and no quotes that YAML, Groovy or a Dockerfile would take for theirs.
"""

from certmend.model.plugin import PinnedCa

ROOM = "/tmp/certmend"  # noqa: S108  a container's or a runner's own
"""Where certmend's environment is made."""


PIP_ROOTS = "python3 -m pip._vendor.certifi | xargs cat"
"""Prints pip's own roots."""


def pin(
    ca: PinnedCa, path: str = "", *, variable: str = "PIP_CERT", roots: str = PIP_ROOTS
) -> tuple[str, ...]:
    """Compare the CA's digest, and join public roots and the CA in the file of a variable.

    Joined, since PIP_CERT takes the place of pip's own roots before pip 24.2. `path` is where the
    file lies when that is not its path in the project; `roots` prints the public roots.
    """
    place = path or ca.path
    return (
        f'echo "{ca.sha256}  {place}" | sha256sum -c -',
        f'{roots} > "${variable}"',
        f'cat {place} >> "${variable}"',
    )


def check(room: str = ROOM, *options: str) -> tuple[str, ...]:
    """Run the check, from an environment of its own where certmend is not installed."""
    return (
        f"command -v certmend || {{ python3 -m venv {room} && "
        f"{room}/bin/python -m pip install --quiet certmend; }}",
        " ".join((f'PATH="$PATH:{room}/bin" certmend check', *options)),
    )


def block(lines: tuple[str, ...], indent: int) -> str:
    """The lines as a script that stops at the first failure, indented."""
    return "".join(f"{' ' * indent}{line}\n" for line in ("set -e", *lines))
