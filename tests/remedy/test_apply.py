"""Files are replaced whole or not at all, and everything can be taken back."""

import os
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from certmend.errors import UsageError, WriteError
from certmend.remedy import apply, files, journal
from certmend.remedy.journal import Change, Journal, Program, State

KILLED = Path(__file__).with_name("killed.py")


@pytest.fixture
def kept(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def change(path: Path, after: bytes | None) -> Change:
    return Change(before=files.see(str(path)), after=after)


@pytest.mark.parametrize(("kind", "stride"), [("line", 3), ("opcode", 23)])
def test_killed_at_any_step_every_file_is_whole_and_the_rest_is_taken_back(kind, stride):
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    environment = {**os.environ, **({"TMPDIR": memory} if memory else {})}
    done = subprocess.run(
        [sys.executable, str(KILLED), kind, str(stride)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 150


def test_undo_restores_bytes_mode_link_and_folders(place, kept):
    real = place / "real.conf"
    real.write_bytes(b"\xef\xbb\xbf[global]\r\n")
    real.chmod(0o640)
    link = place / "pip.conf"
    link.symlink_to("real.conf")
    new = place / "a" / "b" / "new.pem"
    record = apply.apply(kept, "test", [change(link, b"changed"), change(new, b"new")])
    assert record.state is State.DONE
    assert link.is_symlink()
    assert real.read_bytes() == b"changed"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert new.read_bytes() == b"new"
    (taken,) = apply.undo(kept)
    assert taken.state is State.UNDONE
    assert link.is_symlink()
    assert real.read_bytes() == b"\xef\xbb\xbf[global]\r\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(one.name for one in place.iterdir()) == ["pip.conf", "real.conf"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(place, kept):
    file = place / "pip.conf"
    file.write_bytes(b"old")
    os.chown(file, 65534, 65534)
    apply.apply(kept, "test", [change(file, b"new")])
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 65534)
    apply.undo(kept)
    assert (file.stat().st_uid, file.stat().st_gid) == (65534, 65534)


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give files away")
def test_what_root_makes_in_a_persons_home_is_theirs_and_the_record_is_roots(tmp_path):
    """`sudo` may keep HOME: nobody else may change what root takes back."""
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 65534, 65534)
    made = change(home / ".local/share/certmend/ca.pem", b"new")
    record = apply.apply(Journal(tmp_path / "state"), "test", [made])
    for path in (*record.changes[0].folders, record.changes[0].before.target):
        assert Path(path).stat().st_uid == 65534
    assert not journal.folder({"HOME": str(home)}).is_relative_to(home)
    assert journal.folder({"HOME": str(tmp_path)}).is_relative_to(tmp_path)


def test_the_journal_is_for_its_owner_alone(place, kept):
    apply.apply(kept, "test", [change(place / "x", b"secret")])
    (record,) = kept.folder.glob("2*.json")
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700


def test_a_file_that_changed_since_the_plan_is_left_alone(place, kept):
    first, second = place / "a", place / "b"
    first.write_bytes(b"a")
    second.write_bytes(b"b")
    changes = [change(first, b"A"), change(second, b"B")]
    second.write_bytes(b"somebody's")
    with pytest.raises(WriteError, match="has changed since the plan"):
        apply.apply(kept, "test", changes)
    assert first.read_bytes() == b"a"
    assert second.read_bytes() == b"somebody's"
    assert kept.records() == ()


def test_undo_refuses_a_file_that_was_changed_since_and_shows_the_difference(place, kept):
    first, second = place / "a", place / "b"
    record = apply.apply(kept, "test", [change(first, b"1\n"), change(second, b"2\n")])
    second.write_bytes(b"2\nmine\n")
    with pytest.raises(WriteError, match="was changed since"):
        apply.undo(kept)
    assert first.read_bytes() == b"1\n", "nothing was taken back"
    assert "+mine" in apply.difference(record.changes[1])
    assert apply.difference(record.changes[0]) == ""


def test_a_failed_proof_takes_everything_back_and_says_why(place, kept):
    file = place / "pip.conf"
    file.write_bytes(b"old")
    seen = []
    record = apply.apply(
        kept,
        "test",
        [change(file, b"new"), change(place / "n" / "new", b"x")],
        proof=lambda: seen.append(file.read_bytes()) or "pypi.org got worse",
    )
    assert seen == [b"new"]
    assert record.state is State.UNDONE
    assert record.note == "pypi.org got worse"
    assert file.read_bytes() == b"old"
    assert not (place / "n").exists()


def test_programs_run_after_the_files_and_are_undone_after_them(place, kept):
    log, file = place / "log", place / "ca.crt"
    script = (
        "import os,sys; open(sys.argv[1],'a').write(sys.argv[2]+str(os.path.exists(sys.argv[3])))"
    )
    words = (sys.executable, "-c", script, str(log))
    program = Program(command=(*words, "do", str(file)), undo=(*words, "undo", str(file)))
    apply.apply(kept, "test", [change(file, b"ca")], programs=[program])
    apply.undo(kept)
    assert log.read_text() == "doTrueundoFalse"


def test_a_program_that_fails_takes_everything_back(place, kept):
    file = place / "ca.crt"
    bad = Program(
        command=(sys.executable, "-c", "import sys; sys.exit('no such store')"),
        undo=(sys.executable, "-c", ""),
    )
    with pytest.raises(WriteError, match="failed: no such store"):
        apply.apply(kept, "test", [change(file, b"ca")], programs=[bad])
    assert not file.exists()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_refused(place, make):
    make(place / "pip.conf")
    with pytest.raises(WriteError):
        files.see(str(place / "pip.conf"))


def test_a_huge_file_is_refused(place):
    with open(place / "huge", "wb") as stream:
        stream.truncate(100 << 20)
    with pytest.raises(WriteError, match="100 MiB"):
        files.see(str(place / "huge"))


def test_a_loop_of_links_is_refused(place):
    (place / "a").symlink_to("b")
    (place / "b").symlink_to("a")
    with pytest.raises(WriteError):
        files.see(str(place / "a"))


def in_child(work) -> str:
    """The message of the `WriteError` that the work raises in a process of its own."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os.write(writer, b"no error")
        except WriteError as error:
            os.write(writer, f"{error.message}\n{error.hint}".encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    os.close(writer)
    return os.read(reader, 4096).decode()


def test_a_full_disk_changes_nothing(place, kept):
    file = place / "ca.pem"
    file.write_bytes(b"old")
    changes = [change(file, b"n" * 500_000)]

    def full():
        # The journal's record is written in full first: it is where the disk ends here.
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        apply.apply(kept, "test", changes)

    assert "file too large" in in_child(full)
    assert file.read_bytes() == b"old"
    assert [one.name for one in place.iterdir()] == ["ca.pem"]


def test_what_was_written_goes_also_where_the_journal_has_no_room_for_the_word(place, kept):
    def full() -> str:
        (record,) = kept.folder.glob("2*.json")
        (kept.folder / f".{record.stem}.state.tmp").mkdir()  # nothing can be written there
        return "it did not help"

    with pytest.raises(WriteError, match="cannot write the journal"):
        apply.apply(kept, "test", [change(place / "ca.pem", b"new")], proof=full)
    assert list(place.iterdir()) == []


def as_nobody(work):
    def go():
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        work()

    return go


def open_to_all(place: Path) -> None:
    for folder in (place, *place.parents):
        if folder.stat().st_uid == os.getuid() and str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o055)


def test_a_folder_without_rights_changes_nothing(place, tmp_path):
    file, other = place / "pip.conf", tmp_path / "open"
    other.mkdir(mode=0o777)
    other.chmod(0o777)
    file.write_bytes(b"old")
    file.chmod(0o644)
    open_to_all(tmp_path)
    changes = [change(other / "first", b"1"), change(file, b"new")]
    place.chmod(0o555)
    said = in_child(as_nobody(lambda: apply.apply(Journal(other / "state"), "test", changes)))
    place.chmod(0o755)
    assert "permission denied" in said
    assert file.read_bytes() == b"old"
    assert not (other / "first").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_journal_of_somebody_else_is_said_in_two_lines(place, kept, tmp_path):
    open_to_all(tmp_path)
    apply.apply(kept, "test", [change(place / "x", b"1")])
    for act in (kept.records, lambda: apply.undo(kept)):
        said = in_child(as_nobody(act))
        assert "permission denied" in said
        assert "the user that this folder belongs to" in said


def test_a_second_certmend_waits(place, kept):
    file, order = place / "a", []
    begun, seen = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        assert seen.wait(60)
        order.append("first")
        return ""

    first = threading.Thread(
        target=apply.apply, args=(kept, "one", [change(file, b"1")]), kwargs={"proof": slow}
    )
    first.start()
    assert begun.wait(60)
    apply.apply(kept, "two", [change(place / "b", b"2")], waiting=seen.set)
    order.append("second")
    first.join()
    assert order == ["first", "second"]


def test_no_update_is_lost_between_two(place, kept):
    """The second plan was made before the first was applied: it is refused, not written over."""
    file = place / "a"
    file.write_bytes(b"0")
    first, second = change(file, b"1"), change(file, b"2")
    apply.apply(kept, "one", [first])
    with pytest.raises(WriteError, match="has changed since the plan"):
        apply.apply(kept, "two", [second])
    assert file.read_bytes() == b"1"


def test_an_unknown_record_is_wrong_use(kept):
    with pytest.raises(UsageError, match="no record named"):
        apply.undo(kept, "2020")


def test_an_earlier_record_can_be_taken_back_alone(place, kept):
    first = apply.apply(kept, "one", [change(place / "a", b"1")])
    apply.apply(kept, "two", [change(place / "b", b"2")])
    apply.undo(kept, first.id)
    assert not (place / "a").exists()
    assert (place / "b").exists()
    assert [one.state for one in kept.records()] == [State.UNDONE, State.DONE]
