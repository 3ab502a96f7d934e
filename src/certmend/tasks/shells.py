"""The shell of whoever runs certmend, and whether new ones have the variables that were set."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from certmend.model.text import visible
from certmend.observe import new_shell
from certmend.observe.stores.variables import CLIENTS
from certmend.remedy import ground, profiles
from certmend.remedy.keeper import GITHUB, Keeper, of_shell

CI = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "BUILDKITE", "CIRCLECI")
"""Variables that tell of a pipeline."""


def keeper(environment: Mapping[str, str]) -> Keeper | None:
    """What sets a variable for all that starts later; None where nothing that is known does.

    In a pipeline no file of a shell lasts: GitHub's runner has one of its own.
    """
    file = environment.get("GITHUB_ENV", "")
    if file and Path(file).is_file():
        return Keeper(kind=GITHUB, file=file)
    if sys.platform == "win32" or any(environment.get(one) for one in CI):
        return None
    named = environment.get("SHELL") or ""
    program = named if os.access(named, os.X_OK) else _login_shell()
    return of_shell(program) if os.access(program, os.X_OK) else None


def _login_shell() -> str:
    """The shell that this user logs in with; SHELL is not set in every container."""
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_shell
    except KeyError:
        return ""


def started(
    keeper: Keeper, values: Mapping[str, str], environment: Mapping[str, str]
) -> tuple[dict[str, str], str]:
    """What the client's variables are where something starts anew; or why they are not so.

    The variables in question are not handed on to the new shell: its own files must set them.
    """
    given = {name: value for name, value in environment.items() if name not in values}
    found: dict[str, str] = dict(values)
    for way, option in keeper.starts:
        seen = new_shell.environment(keeper.program, option, given)
        if seen is None:
            return {}, f"a new {keeper.name} ({way}) came to no end, or ran something else"
        for name, value in values.items():
            if seen.get(name) != value:
                return {}, _differs(keeper, way, name, seen.get(name), environment)
        found = {**{name: seen[name] for name in CLIENTS.variables if name in seen}, **found}
    return found, ""


def _differs(
    keeper: Keeper, way: str, name: str, value: str | None, environment: Mapping[str, str]
) -> str:
    home = Path(environment.get("HOME") or Path.home())
    names = (".bash_profile", ".bash_login", ".profile", ".bashrc", ".zshenv", ".zprofile")
    places = [*names, ".zshrc", ".zlogin", ".config/fish/config.fish"]
    lines = [
        line
        for one in places
        if (content := ground.content(str(home / one)))
        for line in profiles.elsewhere(f"~/{one}", {name: ""}, content)
    ]
    has = f"has {name}={visible(value, 200)}" if value else f"has no {name}"
    why = f": {', '.join(lines)} sets it too" if lines else ""
    return f"a new {keeper.name} ({way}) {has}{why}; `--no-profile` leaves it to you"
