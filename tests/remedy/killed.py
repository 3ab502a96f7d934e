"""Run by test_apply: an apply and an undo that are killed at their n-th step, for every n.

A step is a line (`line`) or one bytecode instruction (`opcode`) of certmend's writing modules, so
no hook is needed in them. Each kill is a real SIGKILL of a real process, made by fork.
Prints how many there were; says at once what was not whole.
"""

import os
import signal
import sys
import tempfile
from pathlib import Path

from certmend.remedy import apply, files, journal
from certmend.remedy.journal import Change, Journal, State

WATCHED = {module.__file__ for module in (apply, files, journal)}
OLD = {"pip.conf": b"[global]\n# mine\n", "ca.pem": b"old bundle\n" * 2000, "gone.txt": b"bye\n"}
NEW = {"pip.conf": b"[global]\ncert = x\n", "ca.pem": b"new bundle\n" * 3000, "gone.txt": None}
FRESH = "deep/er/new.pem"


def prepare(folder: Path) -> list[Change]:
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    os.chmod(folder / "pip.conf", 0o640)
    changes = [
        Change(before=files.see(str(folder / name)), after=content) for name, content in NEW.items()
    ]
    return [*changes, Change(before=files.see(str(folder / FRESH)), after=b"fresh\n")]


def die_at(step: int, kind: str) -> None:
    left = step

    def local(frame, event, _argument):
        nonlocal left
        frame.f_trace_opcodes = kind == "opcode"
        if event == kind:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return local

    sys.settrace(lambda frame, *_: local if frame.f_code.co_filename in WATCHED else None)
    # Frames opened from here on are watched.


def in_child(step: int, kind: str, work) -> bool:
    """Whether the work came to its end before the step."""
    pid = os.fork()
    if pid == 0:
        die_at(step, kind)
        work()
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def whole(folder: Path) -> None:
    for name, old in OLD.items():
        assert content(folder / name) in (old, NEW[name]), name
    assert content(folder / FRESH) in (None, b"fresh\n")


def state(folder: Path) -> str:
    """`old` or `new`, and nothing left over."""
    left = [path.name for path in folder.rglob(".certmend-*")]
    assert not left, left
    assert (folder / "pip.conf").stat().st_mode & 0o777 == 0o640
    if all(content(folder / name) == old for name, old in OLD.items()):
        assert not (folder / "deep").exists()
        return "old"
    assert all(content(folder / name) == new for name, new in NEW.items()), "mixed"
    assert content(folder / FRESH) == b"fresh\n"
    return "new"


def once(step: int, kind: str, what: str) -> bool:
    """One kill; whether the work had come to its end by then."""
    with tempfile.TemporaryDirectory() as name:
        folder, kept = Path(name) / "home", Journal(Path(name) / "state")
        folder.mkdir()
        changes = prepare(folder)
        if what == "undo":
            apply.apply(kept, "test", changes)
        works = {
            "apply": lambda: apply.apply(kept, "test", changes),
            "undo": lambda: apply.undo(kept),
        }
        ended = in_child(step, kind, works[what])
        whole(folder)
        with kept.lock():
            apply.recover(kept)
        done = [one.state for one in kept.records()]
        assert all(one in (State.DONE, State.UNDONE) for one in done), done
        expected = "new" if State.DONE in done else "old"
        assert state(folder) == expected, (expected, done)
        if expected == "new":
            apply.undo(kept)
            assert state(folder) == "old"
        return ended


def main(kind: str, stride: int) -> None:
    kills = 0
    for what in ("apply", "undo"):
        step = 0
        while not once(step, kind, what):
            kills += 1
            step += stride
    print(kills)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
