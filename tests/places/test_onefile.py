"""certmend in one file: made from fetched libraries, and run on bare Pythons."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from interpreters import interpreters
from repositories import PROJECT

from onefile import archive, libraries

FETCHED = os.environ.get("CERTMEND_ONEFILE", "")
FITTING = [one for one in interpreters() if ".".join(map(str, one.python[:2])) in libraries.PYTHONS]
OLDER = [one for one in interpreters() if one.python < (3, 11)]
BARE = ("-I", "-S")
"""Without site-packages, and without what a Python reads of its environment."""


@pytest.fixture(scope="session")
def onefile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not FETCHED:
        pytest.skip("the libraries are fetched by `make test`")
    target = tmp_path_factory.mktemp("onefile") / "certmend.pyz"
    archive.make(PROJECT, Path(FETCHED), target)
    return target


@pytest.fixture
def bare(tmp_path):
    """Runs it with nothing but a home and a PATH."""
    home = tmp_path / "home"
    home.mkdir()

    def call(python: str, *words: object, path: str = "/nowhere", home: Path = home, **more: str):
        return subprocess.run(
            [python, *map(str, words)],
            env={"HOME": str(home), "PATH": path, **more},
            capture_output=True, text=True, timeout=60, cwd=tmp_path,
        )  # fmt: skip

    call.home = home
    return call


def unpacked(home: Path) -> list[str]:
    return sorted(one.name for one in (home / ".cache" / "certmend").iterdir())


@pytest.mark.parametrize("one", FITTING, ids=lambda one: one.label)
def test_a_bare_python_runs_it_and_unpacks_it_once(onefile, bare, one):
    for _ in range(2):
        done = bare(one.path, *BARE, onefile, "--version")
        assert (done.stdout[:9], done.stderr, done.returncode) == ("certmend ", "", 0)
        (folder,) = unpacked(bare.home)
    assert f"cpython-{one.python[0]}{one.python[1]}" in folder
    done = bare(one.path, *BARE, onefile, "explain", "-", path=os.environ["PATH"])
    assert done.returncode != 3, done.stderr


def test_it_asks_the_pip_of_this_machine(onefile, bare, backend):
    """Its own Python and libraries are not taken for the person's."""
    settings = {
        "PIP_INDEX_URL": f"http://127.0.0.1:{backend}/simple",
        "PIP_CONFIG_FILE": os.devnull,
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = bare(sys.executable, *BARE, onefile, "config", "--format", "json", path=path, **settings)
    assert done.returncode in (0, 1), done.stderr
    assert f"http://127.0.0.1:{backend}/simple" in done.stdout
    done = bare(sys.executable, onefile, "run", "--", sys.executable, "-c",
                "import os; print(sorted(os.environ))", path=path)  # fmt: skip
    named = {"HOME", "PATH", "LC_CTYPE"}
    assert set(eval(done.stdout.splitlines()[0])) <= named


@pytest.mark.parametrize("one", OLDER, ids=lambda one: one.label)
def test_an_older_python_hands_over_or_says_which_it_needs(onefile, bare, one, tmp_path):
    fitting = tmp_path / "bin"
    fitting.mkdir()
    (fitting / "python3").symlink_to(FITTING[-1].path)
    done = bare(one.path, onefile, "--version", path=str(fitting))
    assert (done.stdout[:9], done.returncode) == ("certmend ", 0), done.stderr
    done = bare(one.path, onefile, "--version")
    what, hint = done.stderr.splitlines()
    assert what == (
        f"certmend: error: this file needs Python 3.11, 3.12, 3.13 or 3.14; this is "
        f"{one.python[0]}.{one.python[1]}"
    )
    assert hint.startswith("certmend: hint: none of them is on PATH")
    assert (done.stdout, done.returncode) == ("", 2)


def test_a_python_of_another_system_says_so(onefile, bare, tmp_path):
    """The file of another system, and one whose libraries only look as if they fitted."""
    foreign = rewritten(onefile, tmp_path / "foreign.pyz", renamed=True)
    done = bare(sys.executable, foreign, "--version")
    assert "holds no libraries for this Python" in done.stderr
    assert "it is for otheros: another is made for each system" in done.stderr
    assert done.returncode == 2
    broken = rewritten(onefile, tmp_path / "broken.pyz", renamed=False)
    done = bare(sys.executable, broken, "--version")
    assert "this Python cannot load certmend's libraries: " in done.stderr
    assert (len(done.stderr.splitlines()), done.returncode) == (2, 2)
    assert unpacked(bare.home) == []


def rewritten(onefile: Path, target: Path, *, renamed: bool) -> Path:
    """The file with extension modules that are none, under the names of another system if asked."""
    with zipfile.ZipFile(onefile) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "onefile_contents.py" and renamed:
                lines = data.decode().splitlines()[:2]
                data = "\n".join([*lines, "SUFFIXES = ['.cpython-311-otheros.so']"]).encode()
            new.writestr(name, b"not a library" if name.endswith((".so", ".pyd")) else data)
    return target


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives a folder away")
def test_a_home_of_somebody_else_gets_nothing(onefile, bare, tmp_path):
    """As under sudo: neither is code run from there, nor are root's files left there."""
    theirs = tmp_path / "theirs"
    (theirs / ".cache" / "certmend").mkdir(parents=True)
    for folder in (theirs, theirs / ".cache", theirs / ".cache" / "certmend"):
        os.chown(folder, 65534, 65534)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = bare(sys.executable, onefile, "--version", home=theirs, TMPDIR=str(temporary))
    assert (done.stdout[:9], done.returncode) == ("certmend ", 0), done.stderr
    assert unpacked(theirs) == []
    assert list(temporary.iterdir()) == []


def test_a_folder_that_others_may_write_to_is_not_used(onefile, bare):
    cache = bare.home / ".cache"
    cache.mkdir()
    cache.chmod(0o777)
    assert bare(sys.executable, onefile, "--version").returncode == 0
    assert list(cache.iterdir()) == []
    cache.chmod(0o755)
    assert bare(sys.executable, onefile, "--version").returncode == 0
    assert len(unpacked(bare.home)) == 1


def test_what_an_interrupted_start_left_is_not_used(onefile, bare):
    bare(sys.executable, onefile, "--version")
    (whole,) = unpacked(bare.home)
    folder = bare.home / ".cache" / "certmend"
    (folder / whole).rename(folder / f".{whole}-left")
    shutil.rmtree(folder / f".{whole}-left" / "certmend")
    assert bare(sys.executable, onefile, "--version").returncode == 0
    assert (folder / whole / "certmend").is_dir()


def test_a_path_in_a_message_moves_no_cursor(onefile, bare, tmp_path):
    broken = rewritten(onefile, tmp_path / "broken.pyz", renamed=False)
    odd = bare.home / "\x1b[2J\nhome"
    odd.mkdir()
    done = bare(sys.executable, broken, "--version", home=odd)
    assert (len(done.stderr.splitlines()), done.returncode) == (2, 2)
    assert "\x1b" not in done.stderr


def test_the_same_makes_the_same_file(onefile, tmp_path):
    again = tmp_path / "again.pyz"
    archive.make(PROJECT, Path(FETCHED), again)
    assert (
        hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(onefile.read_bytes()).digest()
    )


def test_without_libraries_nothing_is_made(tmp_path):
    with pytest.raises(FileNotFoundError):
        archive.make(PROJECT, tmp_path / "none", tmp_path / "certmend.pyz")
    assert list(tmp_path.iterdir()) == []
