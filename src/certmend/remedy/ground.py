"""What a remedy needs to know of the person's wishes and of the machine, beside the facts."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from certmend.errors import UsageError
from certmend.model.client import ClientFacts
from certmend.model.facts import Facts
from certmend.model.need import Need
from certmend.model.pem import certificates
from certmend.model.plan import EditFile, Step, WriteFile
from certmend.remedy import bundles, files
from certmend.remedy.bundles import Member
from certmend.remedy.keeper import Keeper


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
    neighbours: Callable[[str], tuple[ClientFacts, ...]] = lambda _: ()
    """The clients of this machine that would trust otherwise if this variable named a bundle."""
    keeper: Keeper | None = None
    """What sets a variable for all that starts later; None: it is left to the person."""
    planned: Mapping[str, bytes] = {}
    """What the plan makes of files so far: several clients may share one."""

    @property
    def home(self) -> Path:
        """The home folder of whoever runs the client."""
        return Path(self.environment.get("HOME") or Path.home())

    @property
    def now(self) -> datetime:
        """The time of the facts."""
        return self.facts.now

    def content(self, path: str) -> bytes | None:
        """What is in a file, or will be; None where there is none.

        Raises `WriteError` for what is no file.
        """
        planned = self.planned.get(os.path.realpath(path))
        return content(path) if planned is None else planned

    def members(self, path: str) -> tuple[Member, ...]:
        """The certificates of a bundle, as it is or will be."""
        planned = self.planned.get(os.path.realpath(path))
        if planned is None:
            return self.read_bundle(path)
        return bundles.members(certificates(planned).certificates, path)

    def after(self, steps: Iterable[Step]) -> "Ground":
        """The ground on which what follows these steps is planned."""
        made = {
            os.path.realpath(one.path): one.after
            for one in steps
            if isinstance(one, WriteFile | EditFile)
        }
        return msgspec.structs.replace(self, planned={**self.planned, **made})


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
    place = Path(os.path.realpath(path))
    folders = (
        *("/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/usr/local/share/ca-certificates"),
        *("/usr/share", "/usr/lib", "/lib"),
    )
    packaged = {"site-packages", "dist-packages"} & set(place.parts)
    return bool(packaged) or any(Path(one) in place.parents for one in folders)


def refuse(message: str, hint: str) -> UsageError:
    """A wish that cannot be granted, with what can."""
    return UsageError(message, hint)
