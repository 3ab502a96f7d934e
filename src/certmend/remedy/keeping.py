"""The bundle that certmend keeps for a person or a machine, and bundles of a person's own."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from certmend.model.plan import EditFile, Step, WriteFile
from certmend.model.text import visible
from certmend.remedy import bundles
from certmend.remedy.bundles import Member
from certmend.remedy.ground import Ground, Scope, content, is_folder
from certmend.remedy.target import Wish

NAME = "ca-bundle.pem"


def place(scope: Scope, prefix: str, ground: Ground) -> str:
    """Where the bundle of a scope lies; `prefix` is that of the client's Python."""
    match scope:
        case Scope.SYSTEM:
            return f"/etc/certmend/{NAME}"
        case Scope.VENV | Scope.SITE:
            return str(Path(prefix) / f"certmend-{NAME}")
        case Scope.PROJECT:
            return str(Path.cwd() / ".certmend" / NAME)
        case Scope.USER:
            return str(user_place(ground.environment))


def user_place(environment: Mapping[str, str]) -> Path:
    """The bundle in the user's data folder: that of the XDG rules, or its like on Windows."""
    home = Path(environment.get("HOME") or Path.home())
    data = environment.get("XDG_DATA_HOME") or ""
    base = Path(data) if data.startswith("/") else home / ".local/share"
    if local := environment.get("LOCALAPPDATA"):
        base = Path(local)
    return base / "certmend" / NAME


def whole(path: str, wish: Wish, base: tuple[Member, ...], now: datetime) -> WriteFile:
    """A bundle with the base, what is in it already, and what is wished for."""
    old = content(path)
    merged = bundles.merge((*_lasting(base, now), *wish.anchors), now)
    names = " and ".join(f'"{one.label}"' for one in wish.anchors) or "what was missing"
    number = len(merged.kept)
    return WriteFile(
        path=path,
        what=f"{number} certificates: the public roots, what was trusted before, and {names}",
        before=old,
        after=bundles.text(merged.kept).encode("ascii"),
    )


def mended(path: str, wish: Wish, base: tuple[Member, ...]) -> Step:
    """A person's own bundle with what is missing: nothing that is in it is touched.

    `base` is added where the public roots are missing too.
    """
    if is_folder(path):
        return _in_folder(path, wish)
    old = content(path) or b""
    new = (*(base if wish.public else ()), *wish.anchors)
    names = ", ".join(f'"{one.label}"' for one in wish.anchors)
    also = "the public roots" if wish.public else ""
    return EditFile(
        path=path,
        what=f"add {' and '.join(filter(None, (also, names)))}",
        before=old,
        after=bundles.added(old, new),
    )


def anew(path: str, wish: Wish, base: tuple[Member, ...], now: datetime) -> WriteFile:
    """A bundle that is absent or that OpenSSL cannot use, as PEM, with what is wished for."""
    old = content(path)
    merged = bundles.merge((*_lasting(base, now), *wish.anchors), now)
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


def _in_folder(path: str, wish: Wish) -> Step:
    """A file in a hashed folder: OpenSSL opens `HASH.N` by name (crypto/x509/by_dir.c)."""
    from OpenSSL import crypto

    one = wish.anchors[0]
    read = crypto.load_certificate(crypto.FILETYPE_ASN1, one.der)
    number = 0
    while (Path(path) / f"{read.subject_name_hash():08x}.{number}").exists():
        number += 1
    return WriteFile(
        path=str(Path(path) / f"{read.subject_name_hash():08x}.{number}"),
        what=f'"{one.label}" for the hashed folder {visible(path, 300)}',
        before=None,
        after=bundles.text((one,)).encode("ascii"),
    )
