"""One file, seen and replaced: the only place that changes a file of a person's.

A file is replaced, never written into: a temporary file beside it, fsync, rename. So whatever
stops the program at whatever instruction, the file is the old or the new one, whole.
"""

import contextlib
import os
import stat
from pathlib import Path

import msgspec

from certmend.errors import WriteError
from certmend.model.text import visible

SIZE_LIMIT = 32 << 20
"""A bundle of 10,000 certificates has 20 MiB; a settings file larger than this is none."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A file at one moment. `content` is None where there is none."""

    path: str
    """As it was named."""
    target: str
    """Where its content stands: symbolic links followed to the end."""
    content: bytes | None = None
    mode: int = 0o644
    """Permission bits; for a file that is not there, those that a new one gets."""
    user: int = -1
    group: int = -1
    """Owner and group; -1 where they are those of whoever runs certmend."""


def see(path: str) -> Seen:
    """Look at a file. Raises `WriteError` for what is no file, is too large or cannot be read."""
    shown = visible(path, 500)
    named = os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111  links stay as they are
    try:
        target = str(Path(named).resolve())
        info = os.stat(target)  # noqa: PTH116  a path that may not exist
    except FileNotFoundError:
        user, group = _heir(target)
        return Seen(path=named, target=target, user=user, group=group)
    except (OSError, RuntimeError) as error:
        raise refused(f"cannot read {shown}", error) from None
    if stat.S_ISDIR(info.st_mode):
        raise WriteError(f"{shown} is a folder", "give the path of a file")
    if not stat.S_ISREG(info.st_mode):
        raise WriteError(f"{shown} is no regular file", "give the path of a file")
    if info.st_size > SIZE_LIMIT:
        raise WriteError(
            f"{shown} has {info.st_size >> 20} MiB: that is no settings file or bundle",
            "give the path of another file",
        )
    try:
        content = Path(target).read_bytes()
    except OSError as error:
        raise refused(f"cannot read {shown}", error) from None
    return Seen(
        path=named,
        target=target,
        content=content,
        mode=stat.S_IMODE(info.st_mode),
        user=info.st_uid,
        group=info.st_gid,
    )


def owner(place: Path) -> tuple[int, int]:
    """User and group of a path; where it is not there, of the folder that it would come into."""
    while True:
        try:
            info = place.stat()
        except (FileNotFoundError, NotADirectoryError):
            place = place.parent
        else:
            return info.st_uid, info.st_gid


def is_root() -> bool:
    """Whether whoever runs certmend may write for others."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _heir(target: str) -> tuple[int, int]:
    """Whose a new file is: with `sudo`, what is made in a person's home is that person's."""
    if not is_root():
        return -1, -1
    try:
        user, group = owner(Path(target))
    except OSError:
        return -1, -1
    return (user, group) if user else (-1, -1)


def refused(what: str, error: BaseException) -> WriteError:
    """The system's word as an error of ours."""
    words = str(getattr(error, "strerror", None) or error).lower()
    hints = {
        "permission denied": "run it as the user that the file belongs to, or as root",
        "no space left on device": "make room and run it again; nothing was changed",
        "file too large": "make room and run it again; nothing was changed",
        "read-only file system": "choose another place, with `--scope`",
    }
    return WriteError(f"{what}: {words}", hints.get(words, "nothing was changed"))


def replaceable(path: str) -> bool:
    """Whether this user may put a file in the place of this one; links are followed."""
    at = Path(os.path.realpath(path)).parent
    while not at.exists():
        at = at.parent
    return os.access(at, os.W_OK)


def folders_to_make(target: str) -> tuple[str, ...]:
    """The folders that are missing on the way to a file, the outermost first."""
    missing: list[str] = []
    at = Path(target).parent
    while not at.exists():
        missing.append(str(at))
        at = at.parent
    return tuple(reversed(missing))


def replace(target: str, content: bytes, *, like: Seen, temporary: str) -> None:
    """Put `content` in a file's place, with the mode, owner and attributes of `like`.

    Raises `OSError`; the file is untouched then, and the temporary file gone.
    """
    place, beside = Path(target), Path(target).parent / temporary
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    number = os.open(beside, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(number, "wb") as stream:  # noqa: PTH123  a descriptor
            stream.write(content)
            stream.flush()
            _dress(stream.fileno(), like, place)
            os.fsync(stream.fileno())
        os.replace(beside, place)  # noqa: PTH105  beside the other calls of os
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    sync_folder(place.parent)


def remove(target: str) -> None:
    """Take a file away, if it is there."""
    place = Path(target)
    place.unlink(missing_ok=True)
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder last; where folders cannot be opened, nothing needs to be."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(number)
    finally:
        os.close(number)


def _dress(number: int, like: Seen, place: Path) -> None:
    """Owner first: changing it takes some permission bits away (chown(2))."""
    if hasattr(os, "fchown") and like.user >= 0:
        info = os.fstat(number)
        if (info.st_uid, info.st_gid) != (like.user, like.group):
            os.fchown(number, like.user, like.group)
    if hasattr(os, "fchmod"):
        os.fchmod(number, like.mode)
    if hasattr(os, "listxattr"):
        _copy_attributes(number, place)


def _copy_attributes(number: int, place: Path) -> None:
    """Access lists and labels (SELinux), as far as this user may set them."""
    with contextlib.suppress(OSError):
        for name in os.listxattr(place):
            with contextlib.suppress(OSError):
                os.setxattr(number, name, os.getxattr(place, name))
