"""The bundle that certmend keeps for a person or a machine, and bundles of a person's own."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from certmend.model.plan import EditFile, Step, WriteFile
from certmend.model.text import visible
from certmend.remedy import bundles
from certmend.remedy.bundles import Member
from certmend.remedy.ground import Ground, Scope, is_folder
from certmend.remedy.target import Wish

NAME = "ca-bundle.pem"
_SYSTEM = f"/etc/certmend/{NAME}"


def place(scope: Scope, prefix: str, ground: Ground) -> str:
    """Where the bundle of a scope lies; `prefix` is that of the client's Python."""
    match scope:
        case Scope.SYSTEM:
            return _SYSTEM
        case Scope.VENV | Scope.SITE:
            return str(Path(prefix) / f"certmend-{NAME}")
        case Scope.PROJECT:
            return str(Path.cwd() / ".certmend" / NAME)
        case Scope.USER:
            return str(user_place(ground.environment))


def places(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The bundles that do not depend on a folder or a Python."""
    return str(user_place(environment)), _SYSTEM


def user_place(environment: Mapping[str, str]) -> Path:
    """The bundle in the user's data folder: that of the XDG rules, or its like on Windows."""
    home = Path(environment.get("HOME") or Path.home())
    data = environment.get("XDG_DATA_HOME") or ""
    base = Path(data) if data.startswith("/") else home / ".local/share"
    if local := environment.get("LOCALAPPDATA"):
        base = Path(local)
    return base / "certmend" / NAME


def whole(path: str, wish: Wish, base: tuple[Member, ...], ground: Ground) -> WriteFile:
    """A bundle with the base, what is in it already, and what is wished for.

    What is in it stays as it is; it is made anew where something in it has no place there.
    """
    old = ground.content(path)
    have = ground.members(path) if old else ()
    merged = bundles.merge((*_lasting((*base, *have), ground.now), *wish.anchors), ground.now)
    if old and have and _lasting(have, ground.now) == have:
        after = bundles.added(old, merged.kept)
    else:
        after = bundles.text(merged.kept).encode("ascii")
    names = " and ".join(f'"{one.label}"' for one in wish.anchors) or "what was missing"
    number = len(merged.kept)
    return WriteFile(
        path=path,
        what=f"{number} certificates: the public roots, what was trusted before, and {names}",
        before=old,
        after=after,
    )


def mended(path: str, wish: Wish, base: tuple[Member, ...], ground: Ground) -> tuple[Step, ...]:
    """A person's own bundle with what is missing: nothing that is in it is touched.

    `base` is added where the public roots are missing too.
    """
    new = (*(base if wish.public else ()), *wish.anchors)
    if is_folder(path):
        return tuple(_in_folder(path, new, ground))
    old = ground.content(path) or b""
    names = ", ".join(f'"{one.label}"' for one in wish.anchors)
    also = "the public roots" if wish.public else ""
    what = f"add {' and '.join(filter(None, (also, names)))}"
    return (EditFile(path=path, what=what, before=old, after=bundles.added(old, new)),)


def anew(path: str, wish: Wish, base: tuple[Member, ...], ground: Ground) -> WriteFile:
    """A bundle that is absent or that OpenSSL cannot use, as PEM, with what is wished for."""
    old = ground.content(path)
    merged = bundles.merge((*_lasting(base, ground.now), *wish.anchors), ground.now)
    state = "is not there" if old is None else "cannot be used as it is"
    return WriteFile(
        path=path,
        what=f"{len(merged.kept)} certificates, as PEM: the file {state}",
        before=old,
        after=bundles.text(merged.kept).encode("ascii"),
    )


def _lasting(found: tuple[Member, ...], now: datetime) -> tuple[Member, ...]:
    """What may stand in a bundle: CAs that have not expired."""
    return tuple(one for one in found if one.may_sign and one.not_after >= now)


def _in_folder(path: str, new: tuple[Member, ...], ground: Ground) -> Iterator[Step]:
    """Files in a hashed folder: OpenSSL opens `HASH.N` by name (crypto/x509/by_dir.c)."""
    from OpenSSL import crypto

    have = {one.sha256 for one in ground.members(path)}
    taken: set[str] = set()
    for one in new:
        if one.sha256 in have:
            continue
        read = crypto.load_certificate(crypto.FILETYPE_ASN1, one.der)
        number = 0
        while (file := str(Path(path) / f"{read.subject_name_hash():08x}.{number}")) in taken or (
            ground.content(file) is not None
        ):
            number += 1
        taken.add(file)
        yield WriteFile(
            path=file,
            what=f'"{one.label}" for the hashed folder {visible(path, 300)}',
            before=None,
            after=bundles.text((one,)).encode("ascii"),
        )
