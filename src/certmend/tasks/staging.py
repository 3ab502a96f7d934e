"""A folder beside the destination, in which files are made before they are renamed into place.

A reader of the destination sees whole files only, whatever ends the program and when: a rename
within a file system happens or does not (rename(2)).
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from certmend.errors import CertmendError, UsageError
from certmend.model.text import visible


class Stage:
    """The folder, and the moves from it to the destination."""

    def __init__(self, destination: Path, folder: Path) -> None:
        self.destination = destination
        self.folder = folder

    def room(self, name: str) -> Path:
        """An empty folder in it."""
        made = self.folder / name
        made.mkdir()
        return made

    def publish(self, source: Path) -> None:
        """Rename a finished file into the destination, in place of one of its name.

        Raises `CertmendError` when the system does not let it.
        """
        try:
            with source.open("rb") as stream:
                os.fsync(stream.fileno())
            # pip makes it for its owner alone; it is read wherever the folder is carried to.
            source.chmod(0o666 & ~_umask())
            source.replace(self.destination / source.name)
        except OSError as error:
            raise _refused(f"cannot write {visible(source.name)}", error) from None

    def write(self, name: str, content: bytes) -> None:
        """Put a small file into the destination, whole."""
        made = self.folder / name
        try:
            made.write_bytes(content)
        except OSError as error:
            raise _refused(f"cannot write {visible(name)}", error) from None
        self.publish(made)


@contextlib.contextmanager
def stage(destination: Path) -> Iterator[Stage]:
    """Make the destination and a stage for it, alone: what an interrupted run left is removed.

    Raises `UsageError` when the destination is no folder, and `CertmendError` when another run
    works on it or the system does not let it be made.
    """
    shown = visible(str(destination), 300)
    if destination.exists() and not destination.is_dir():
        raise UsageError(f"{shown} is no folder", "name a folder with `--dest`")
    try:
        destination = destination.resolve()
        destination.mkdir(parents=True, exist_ok=True)
        folder = _beside(destination)
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _refused(f"cannot make {shown}", error) from None
    with _alone(folder, shown):
        try:
            for left in folder.iterdir():
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
            yield Stage(destination, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _beside(destination: Path) -> Path:
    """On the same file system: beside the destination, or in it where it is mounted."""
    parent = destination.parent
    same = destination.stat().st_dev == parent.stat().st_dev
    name = f".{destination.name}.certmend"
    return (parent if same and os.access(parent, os.W_OK) else destination) / name


@contextlib.contextmanager
def _alone(folder: Path, shown: str) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it however the program ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    number = None
    try:
        number = os.open(folder, os.O_RDONLY)
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The other run may have ended, and taken the folder away, just before the lock was had.
        mine = os.fstat(number).st_ino == folder.stat().st_ino
    except OSError:
        mine = False
    try:
        if not mine:
            raise CertmendError(
                f"another prefetch works on {shown}", "wait for it, or name another `--dest`"
            )
        yield
    finally:
        if number is not None:
            os.close(number)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refused(what: str, error: OSError) -> CertmendError:
    words = (error.strerror or str(error)).lower()
    return CertmendError(f"{what}: {words}", "see to its rights and room, and run it again")
