"""Where settings lie: a person's folder for them on each platform, and a project's files."""

from pathlib import Path

from certmend.remedy.ground import Ground


def config(name: str, ground: Ground) -> Path:
    """A client's folder in the person's settings, as platformdirs places it."""
    environment = ground.environment
    if ground.platform == "win32":
        return Path(environment.get("APPDATA") or ground.home / "AppData/Roaming") / name
    if ground.platform == "darwin":
        return ground.home / "Library/Application Support" / name
    return Path(environment.get("XDG_CONFIG_HOME") or ground.home / ".config") / name


def upward(name: str) -> Path:
    """The nearest file of that name, here or above; here when there is none."""
    here = Path.cwd()
    return next(
        (one / name for one in (here, *here.parents) if (one / name).is_file()), here / name
    )
