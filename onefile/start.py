"""The start of certmend in one file: what lies beside it is unpacked once, and runs.

It becomes `__main__.py` of the archive. Every Python since 2.7 must be able to read it: one that
certmend cannot run on hands over to one that it can, or says which those are.
"""

import os
import sys

# Beside this in the archive: IDENTITY, PYTHONS ("3.12") and SUFFIXES (of extension modules).
from onefile_contents import IDENTITY, PYTHONS, SUFFIXES

ARCHIVE = os.path.dirname(os.path.abspath(__file__))
_SUFFIX = (
    "import sys, importlib.machinery as m;"
    "sys.stdout.write('%d.%d ' % sys.version_info[:2] + m.EXTENSION_SUFFIXES[0])"
)


def main():
    version = "%d.%d" % sys.version_info[:2]
    suffix = _own_suffix()
    if version not in PYTHONS or suffix not in SUFFIXES:
        sys.exit(_hand_over(version, suffix))
    try:
        folder = _unpacked(version, suffix)
    except OSError as error:
        sys.exit(_say("cannot unpack certmend: %s" % error, "name a folder in XDG_CACHE_HOME", 3))
    except ImportError as error:
        what = "this Python cannot load certmend's libraries: %s" % error
        sys.exit(_say(what, "this file was made for another system", 2))
    sys.path[0] = folder
    from certmend.__main__ import main as certmend

    certmend()


def _own_suffix():
    """What this Python's own extension modules end in: its version, machine and C library."""
    if sys.version_info < (3,):
        return ""
    import importlib.machinery

    return importlib.machinery.EXTENSION_SUFFIXES[0]


def _hand_over(version, suffix):
    """Run it with a Python that it is for, in this one's place; where none is, the status."""
    import re
    import subprocess

    names = ["python" + one for one in reversed(PYTHONS)] + ["python3", "python"]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    programs = [os.path.join(a, b) for b in names for a in folders if a]
    for program in (a + b for a in programs for b in ("", ".exe") if os.path.isfile(a + b)):
        try:
            with open(os.devnull) as void:
                command = [program, "-I", "-S", "-c", _SUFFIX]
                told = subprocess.check_output(command, stdin=void, stderr=subprocess.STDOUT)
        except (OSError, subprocess.CalledProcessError):
            continue
        its = told.decode("ascii", "replace").split()
        if len(its) == 2 and its[0] in PYTHONS and its[1] in SUFFIXES:
            command = [program, ARCHIVE] + sys.argv[1:]
            if os.name == "nt":
                return subprocess.call(command)
            os.execv(program, command)
    wanted = ", ".join(PYTHONS[:-1]) + " or " * (len(PYTHONS) > 1) + PYTHONS[-1]
    if version not in PYTHONS:
        what = "this file needs Python %s; this is %s" % (wanted, version)
        return _say(what, "none of them is on PATH: `python%s certmend.pyz` runs it" % PYTHONS[-1], 2)
    what = "this file holds no libraries for this Python (%s)" % suffix.split(".")[1]
    kinds = sorted(set(re.sub(r"^[a-z]+-?\d+t?-", "", one.split(".")[1]) for one in SUFFIXES))
    return _say(what, "it is for %s: another is made for each system" % ", ".join(kinds), 2)


def _say(what, hint, status):
    """Two lines; of a path or a system's message no character moves the cursor."""
    import re

    lines = [re.sub("[\\x00-\\x1f\\x7f-\\x9f]", "?", one) for one in (what, hint)]
    sys.stderr.write("certmend: error: %s\ncertmend: hint: %s\n" % tuple(lines))
    return status


def _unpacked(version, suffix):
    """The folder with certmend and its libraries for this Python; made where there is none.

    It appears whole or not at all. It is one's own: where the cache belongs to somebody else, as
    under sudo, it is a temporary one that is gone at the end.
    """
    name = "onefile-%s-%s" % (IDENTITY, suffix.split(".")[1])
    cache = _cache()
    if cache is not None:
        folder = os.path.join(cache, name)
        if os.path.isdir(folder):
            return folder
    import atexit
    import shutil
    import tempfile

    made = tempfile.mkdtemp(prefix=".%s-" % name if cache else "certmend-", dir=cache)
    if cache is None:
        atexit.register(shutil.rmtree, made, True)
    try:
        _unpack(version, made)
        _try(made)
    except (OSError, ImportError):
        shutil.rmtree(made, True)
        raise
    if cache is None:
        return made
    try:
        os.rename(made, folder)
    except OSError:  # another was faster
        shutil.rmtree(made, True)
        if not os.path.isdir(folder):
            raise
    return folder


def _cache():
    """A folder for caches that is this user's own and can be written to; None: there is none."""
    home = os.path.expanduser("~")
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    root = root if root and os.path.isabs(root) else os.path.join(home, ".cache")
    folder = os.path.join(root, "certmend")
    try:
        if not _is_own(root):
            return None
        os.makedirs(folder, 0o700, exist_ok=True)
    except OSError:
        return None
    return folder if _is_own(folder) and os.access(folder, os.W_OK) else None


def _is_own(folder):
    """Whether a folder, or the nearest above it that is there, is this user's alone to change."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    if not hasattr(os, "geteuid"):
        return True
    status = os.stat(folder)
    # A group with its user's number is that user's own: what it may write, nobody else may.
    others = 0o002 if status.st_gid == status.st_uid else 0o022
    return status.st_uid == os.geteuid() and not status.st_mode & others


def _unpack(version, folder):
    import zipfile

    with zipfile.ZipFile(ARCHIVE) as archive:
        for name in archive.namelist():
            part, _, path = name.partition("/")
            if path and part in ("all", version):
                target = os.path.join(folder, *path.split("/"))
                if not os.path.isdir(os.path.dirname(target)):
                    os.makedirs(os.path.dirname(target))
                with open(target, "wb") as file:
                    file.write(archive.read(name))


def _try(folder):
    """Load what is compiled, in another process; raises `ImportError` with what it says."""
    import subprocess

    load = "import sys; sys.path[:0] = sys.argv[1:]; import msgspec, cryptography.x509"
    command = [sys.executable, "-I", "-S", "-c", load, folder]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").split("\n")
        raise ImportError(([""] + [one for one in said if one])[-1])


if __name__ == "__main__":
    main()
