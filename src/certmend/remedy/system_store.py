"""The system's trust store: where an admin's CA goes, and the program that makes the store anew.

Debian: update-ca-certificates(8), names must end in .crt. RHEL and Fedora: update-ca-trust(8).
Arch: `trust extract-compat` by its ca-certificates-utils. Alpine has Debian's program.
openSUSE: update-ca-certificates with its own folder.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from certmend.model.finding import Owner
from certmend.model.plan import Advise, RunProgram, Step, WriteFile
from certmend.remedy import bundles
from certmend.remedy.bundles import Member
from certmend.remedy.ground import Ground, refuse


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One family of systems."""

    name: str
    folder: str
    refresh: tuple[str, ...]
    again: tuple[str, ...]
    """The program that forgets a CA whose file is gone."""


FAMILIES = (
    Family(
        name="RHEL",
        folder="/etc/pki/ca-trust/source/anchors",
        refresh=("update-ca-trust", "extract"),
        again=("update-ca-trust", "extract"),
    ),
    Family(
        name="Arch",
        folder="/etc/ca-certificates/trust-source/anchors",
        refresh=("update-ca-trust",),
        again=("update-ca-trust",),
    ),
    Family(
        name="openSUSE",
        folder="/etc/pki/trust/anchors",
        refresh=("update-ca-certificates",),
        again=("update-ca-certificates",),
    ),
    Family(
        name="Debian and Alpine",
        folder="/usr/local/share/ca-certificates",
        refresh=("update-ca-certificates",),
        again=("update-ca-certificates", "--fresh"),
    ),
)
_MACOS = (
    "sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {file}"
)
_WINDOWS = "certutil -addstore -f Root {file}      (as administrator)"


def family() -> Family | None:
    """The family of this system; None where its store is made in no known way."""
    for one in FAMILIES:
        # Where only root's PATH has it, it is there all the same.
        places = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
        program = shutil.which(one.refresh[0], path=places)
        if Path(one.folder).is_dir() and program:
            return msgspec.structs.replace(
                one, refresh=(program, *one.refresh[1:]), again=(program, *one.again[1:])
            )
    return None


def steps(anchors: tuple[Member, ...], ground: Ground) -> tuple[Step, ...]:
    """Install CAs into the system's store; where that needs other rights, the commands."""
    if ground.platform in ("darwin", "win32"):
        return (_commands(anchors, _MACOS if ground.platform == "darwin" else _WINDOWS),)
    found = family()
    if found is None:
        raise refuse(
            "this system's trust store is made in a way that certmend does not know",
            "`--method bundle` needs no system store",
        )
    if not ground.is_root:
        return (_as_root(anchors, found),)
    return tuple(_install(anchors, found, ground))


def _install(anchors: tuple[Member, ...], found: Family, ground: Ground) -> Iterator[Step]:
    for one in anchors:
        path = f"{found.folder}/{file_name(one)}"
        yield WriteFile(
            path=path,
            what=f'"{one.label}" for the system\'s trust store',
            before=ground.content(path),
            after=bundles.text((one,)).encode("ascii"),
        )
    yield RunProgram(
        what=f"make the system's trust store anew ({found.name})",
        command=found.refresh,
        undo=found.again,
    )


def file_name(one: Member) -> str:
    """A name for a CA's file: it ends in .crt, without which Debian's program ignores it."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", one.label).strip("-").lower()[:60] or "ca"
    return f"certmend-{plain}-{one.sha256[:8]}.crt"


def _as_root(anchors: tuple[Member, ...], found: Family) -> Advise:
    lines = ["Run as root, with each CA as PEM in a file of its own:", ""]
    lines += [f"    cp CA.crt {found.folder}/{file_name(one)}" for one in anchors]
    lines += [f"    {' '.join(found.refresh)}", "", *_list(anchors)]
    return Advise(to=Owner.YOU, subject="Install the CA as root", text="\n".join(lines))


def _commands(anchors: tuple[Member, ...], command: str) -> Advise:
    lines = ["Install each CA into the system's trust store:", ""]
    lines += [f"    {command.format(file='CA.crt')}", "", *_list(anchors)]
    return Advise(to=Owner.YOU, subject="Install the CA", text="\n".join(lines))


def _list(anchors: tuple[Member, ...]) -> list[str]:
    return [f"{one.label}, SHA-256 {one.sha256}" for one in anchors]
