"""What certmend changed on this machine, byte for byte: the promise that it can be taken back.

A record is written before the first file is touched and says `applying` until the last step is
proven. Whoever finds such a record (the next `fix`, or `undo`) takes the rest back. So a plan
is applied whole or not at all, also when the program is killed in between.
"""

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

from certmend.errors import UsageError, WriteError
from certmend.model.text import visible
from certmend.remedy import files
from certmend.remedy.files import Seen

_WAIT = 60.0
_PAUSE = 0.05
_RECORD = re.compile(r"2.*\.json")


class State(StrEnum):
    """How far a record came."""

    APPLYING = "applying"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One file: what it was, and what it became."""

    before: Seen
    after: bytes | None
    """None: the file is taken away."""
    folders: tuple[str, ...] = ()
    """Folders that were made for it, the outermost first."""

    @property
    def path(self) -> str:
        """The file, as it was named; fit to be shown."""
        return visible(self.before.path, 500)


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A program that was run, and the one that takes its effect back when the files are."""

    command: tuple[str, ...]
    undo: tuple[str, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One applied plan."""

    schema: str = "certmend/journal/1"
    id: str
    made: datetime
    title: str
    state: State
    changes: tuple[Change, ...] = ()
    programs: tuple[Program, ...] = ()
    note: str = ""
    """Why it was taken back, or what could not be."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far a record came after it was first written."""

    state: State
    note: str = ""


class Journal:
    """The records in a folder that only their owner can read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def lock(self, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Keep a second certmend out; `waiting` is called once when there is one to wait for.

        Raises `WriteError` when the other does not end within a minute.
        """
        self._make()
        with self._opened() as held:
            end, told = time.monotonic() + _WAIT, False
            while not _take(held.fileno()):
                if not told:
                    waiting()
                    told = True
                if time.monotonic() > end:
                    raise WriteError(
                        "another certmend is changing files here",
                        "run it again when the other has ended",
                    )
                time.sleep(_PAUSE)
            for left in self.folder.glob(".*.tmp"):
                left.unlink(missing_ok=True)
            yield

    def _opened(self) -> BinaryIO:
        try:
            return open(self.folder / "lock", "ab")  # noqa: PTH123  kept open
        except OSError as error:
            raise self._refused(error) from None

    def _refused(self, error: OSError) -> WriteError:
        shown = visible(str(self.folder), 500)
        said = files.refused(f"cannot use the journal in {shown}", error)
        if isinstance(error, PermissionError):
            return WriteError(said.message, "run it as the user that this folder belongs to")
        return said

    def new_id(self, now: datetime) -> str:
        """A name for a record, which sorts by time; the lock must be held."""
        second = f"{now:%Y%m%d-%H%M%S}"
        return f"{second}-{len(list(self.folder.glob(f'{second}-*.json'))) + 1:02}"

    def write(self, record: Record) -> None:
        """Put a record into the folder; of one that is there already only the state is written.

        The contents of files may be large, and are the same in every state.
        """
        self._make()
        whole = self.folder / f"{record.id}.json"
        if whole.exists():
            now = Standing(state=record.state, note=record.note)
            self._put(self.folder / f"{record.id}.state", msgspec.json.encode(now))
        else:
            self._put(whole, msgspec.json.encode(record))

    def _put(self, place: Path, content: bytes) -> None:
        like = Seen(path=str(place), target=str(place), mode=0o600)
        try:
            files.replace(str(place), content, like=like, temporary=f".{place.name}.tmp")
        except OSError as error:
            raise files.refused("cannot write the journal", error) from None

    def records(self) -> tuple[Record, ...]:
        """Every record, the oldest first. Raises `WriteError` for one that is damaged."""
        try:
            found = sorted(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise self._refused(error) from None
        return tuple(_read(one) for one in found if _RECORD.fullmatch(one.name))

    def find(self, name: str) -> Record:
        """The record of that name, or whose name begins so; raises `UsageError`."""
        fits = [one for one in self.records() if one.id.startswith(name)]
        if len(fits) != 1:
            words = "no record" if not fits else f"{len(fits)} records"
            raise UsageError(
                f"there is {words} named {visible(name)}", "`certmend undo --list` shows them"
            )
        return fits[0]

    def _make(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            said = files.refused(f"cannot make {visible(str(self.folder), 500)}", error)
            raise WriteError(
                said.message,
                "what is needed to take a change back is kept there; name another folder for it: "
                "`export XDG_STATE_HOME=/path`",
            ) from None


def folder(environment: "os._Environ[str] | dict[str, str]") -> Path:
    """Where this user's journal is: the state folder of the XDG rules, or its like elsewhere."""
    home = Path(environment.get("HOME") or Path.home())
    if os.name == "nt":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData/Local") / "certmend/journal"
    state = environment.get("XDG_STATE_HOME") or ""
    base = Path(state) if state.startswith("/") else home / ".local/state"
    if files.is_root() and _of_another(base):
        base = Path(os.path.expanduser("~root")) / ".local/state"  # noqa: PTH111  not HOME's
    return base / "certmend" / "journal"


def _of_another(base: Path) -> bool:
    """Whether somebody else could change what root takes back: `sudo` may keep a person's HOME."""
    try:
        return files.owner(base)[0] != 0
    except OSError:
        return False


def now() -> datetime:
    """The time of a record."""
    return datetime.fromtimestamp(int(time.time()), UTC)


def _read(path: Path) -> Record:
    later = path.with_suffix(".state")
    try:
        record = msgspec.json.decode(path.read_bytes(), type=Record)
        if later.exists():
            now = msgspec.json.decode(later.read_bytes(), type=Standing)
            record = msgspec.structs.replace(record, state=now.state, note=now.note)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WriteError(
            f"the record {visible(str(path), 500)} cannot be read: {visible(str(error))}",
            "move it elsewhere, and compare the files that it names by hand",
        ) from None
    return record


def _take(number: int) -> bool:
    """Take the lock of an open file, which ends with its process; False: another has it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
