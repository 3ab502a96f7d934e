"""What a remedy needs to know of the person's wishes and of the machine, beside the facts."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from certmend.errors import UsageError
from certmend.model.facts import Facts
from certmend.model.need import Need
from certmend.remedy import files
from certmend.remedy.bundles import Member


class Scope(StrEnum):
    """Whose settings are changed."""

    USER = "user"
    VENV = "venv"
    SITE = "site"
    PROJECT = "project"
    SYSTEM = "system"


class Method(StrEnum):
    """How a client is made to trust a CA."""

    SYSTEM_STORE = "system-store"
    TRUSTSTORE = "truststore"
    BUNDLE = "bundle"
    TRUSTED_HOST = "trusted-host"


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """The wishes and the machine. Files are looked at through `content`, and never written."""

    facts: Facts
    needs: tuple[Need, ...]
    scope: Scope | None = None
    method: Method | None = None
    hosts: tuple[str, ...] = ()
    """The hosts of `--host`, for `trusted-host`."""
    environment: dict[str, str]
    roots: tuple[Member, ...]
    """The public roots."""
    platform: str
    is_root: bool
    """Whether certmend may write what belongs to the system."""
    read_bundle: Callable[[str], tuple[Member, ...]]
    """The certificates of a bundle, in whatever form; none where it cannot be read."""

    @property
    def home(self) -> Path:
        """The home folder of whoever runs the client."""
        return Path(self.environment.get("HOME") or Path.home())

    @property
    def now(self) -> datetime:
        """The time of the facts."""
        return self.facts.now


def content(path: str) -> bytes | None:
    """What is in a file now; None where there is none. Raises `WriteError` for what is no file."""
    return files.see(path).content


def is_folder(path: str) -> bool:
    """Whether there is a folder."""
    return Path(path).is_dir()


def kept_by_others(path: str) -> bool:
    """Whether the system or a package writes this file anew, and would undo an edit.

    Debian's `update-ca-certificates` and RHEL's `update-ca-trust` make the system's bundles;
    an upgrade of certifi or pip replaces theirs.
    """
    place = Path(path).resolve()
    folders = (
        *("/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/usr/local/share/ca-certificates"),
        *("/usr/share", "/usr/lib", "/lib"),
    )
    packaged = {"site-packages", "dist-packages"} & set(place.parts)
    return bool(packaged) or any(Path(one) in place.parents for one in folders)


def refuse(message: str, hint: str) -> UsageError:
    """A wish that cannot be granted, with what can."""
    return UsageError(message, hint)
