"""The bundle that certmend keeps for a person or a machine, and bundles of a person's own."""

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
            return str(user_place(ground))


def user_place(ground: Ground) -> Path:
    """The user's data folder of the XDG rules, or its like on macOS and Windows."""
    if ground.platform == "win32":
        base = Path(ground.environment.get("LOCALAPPDATA") or ground.home / "AppData/Local")
    else:
        data = ground.environment.get("XDG_DATA_HOME") or ""
        base = Path(data) if data.startswith("/") else ground.home / ".local/share"
    return base / "certmend" / NAME


def whole(path: str, wish: Wish, ground: Ground, more: tuple[Member, ...] = ()) -> WriteFile:
    """A bundle with the public roots, what is in it already, `more`, and what is wished for."""
    old = content(path)
    have = ground.read_bundle(path) if old is not None else ()
    lasting = (one for one in (*have, *more) if one.may_sign and one.not_after >= ground.now)
    merged = bundles.merge((*ground.roots, *lasting, *wish.anchors), ground.now)
    names = " and ".join(f'"{one.label}"' for one in wish.anchors) or "what was missing"
    return WriteFile(
        path=path,
        what=f"{len(merged.kept)} certificates: the public roots and {names}",
        before=old,
        after=bundles.text(merged.kept).encode("ascii"),
    )


def mended(path: str, wish: Wish, ground: Ground, *, usable: bool, replaces: bool) -> Step:
    """A person's own bundle with what is missing: nothing that is in it is touched.

    A file that OpenSSL cannot use (absent, DER, damaged …) is written anew, with all that can
    still be read in it.
    """
    if is_folder(path):
        return _in_folder(path, wish)
    old = content(path)
    if old is None or not usable:
        return _anew(path, old, wish, ground, replaces=replaces)
    new = (*(ground.roots if wish.public else ()), *wish.anchors)
    names = ", ".join(f'"{one.label}"' for one in wish.anchors)
    also = "the public roots" if wish.public else ""
    return EditFile(
        path=path,
        what=f"add {' and '.join(filter(None, (also, names)))}",
        before=old,
        after=bundles.added(old, new),
    )


def _anew(path: str, old: bytes | None, wish: Wish, ground: Ground, *, replaces: bool) -> WriteFile:
    have = tuple(
        one for one in ground.read_bundle(path) if one.may_sign and one.not_after >= ground.now
    )
    public = ground.roots if replaces or wish.public else ()
    merged = bundles.merge((*public, *have, *wish.anchors), ground.now)
    state = "is not there" if old is None else "cannot be used as it is"
    return WriteFile(
        path=path,
        what=f"{len(merged.kept)} certificates, as PEM (the file {state})",
        before=old,
        after=bundles.text(merged.kept).encode("ascii"),
    )


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
