"""Whoever sets a variable for all that starts later: a shell by its profile, or GitHub's runner."""

import msgspec

GITHUB = "github"
_START = {
    "bash": (("login", "-l"), ("interactive", "-i")),
    "zsh": (("login", "-l"), ("interactive", "-i")),
    "fish": (("login", "-l"), ("interactive", "-i")),
    "sh": (("login", "-l"),),
}
_DIALECTS = {"dash": "sh", "ash": "sh", "ksh": "sh", "mksh": "sh", "ksh93": "sh"}


class Keeper(msgspec.Struct, frozen=True, kw_only=True):
    """What sets a variable for all that starts later."""

    kind: str
    """`bash`, `zsh`, `fish`, `sh`, or `github`."""
    program: str = ""
    """The shell itself."""
    file: str = ""
    """GitHub's file."""

    @property
    def starts(self) -> tuple[tuple[str, str], ...]:
        """The ways in which the shell is started anew, each with its option."""
        return _START.get(self.kind, ())

    @property
    def name(self) -> str:
        """As in "bash"."""
        return self.program.rpartition("/")[2]

    @property
    def title(self) -> str:
        """What sets a variable later, as the subject of a sentence."""
        return "the steps that follow" if self.kind == GITHUB else f"new {self.name} shells"


def of_shell(program: str) -> Keeper | None:
    """The keeper for the shell of this path; None for one whose files are not known."""
    name = program.rpartition("/")[2]
    kind = _DIALECTS.get(name, name)
    return Keeper(kind=kind, program=program) if kind in _START else None
