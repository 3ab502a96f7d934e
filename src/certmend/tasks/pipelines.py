"""Write the part of a pipeline that checks the package index, and never over something else."""

import difflib
import hashlib
import re
from pathlib import Path

import msgspec

from certmend import registry
from certmend.errors import CertmendError, UsageError
from certmend.model.plugin import PinnedCa, Pipeline
from certmend.model.text import visible
from certmend.observe import bundle

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+@-]*")
_FOLDER = "certmend.present.pipelines"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A file to write, and what is there now."""

    path: Path
    content: str
    there: str | None
    """None: there is no such file."""
    use: str

    @property
    def difference(self) -> str:
        """What writing it would change, as a unified diff; empty when nothing would."""
        before = [] if self.there is None else self.there.splitlines(keepends=True)
        name = self.path.as_posix()
        old = "/dev/null" if self.there is None else f"a/{name}"
        after = self.content.splitlines(keepends=True)
        return "".join(difflib.unified_diff(before, after, old, f"b/{name}"))


def propose(system: str, project: Path, ca: Path | None) -> Part:
    """The part for a CI system, in a project's folder.

    Raises `UsageError` for a CA that is no PEM file of the project, and a file that cannot be read.
    """
    pipeline = registry.named(_FOLDER, system, Pipeline)
    path = project / pipeline.path
    try:
        there = path.read_text("utf-8") if path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot read {visible(str(path))}: {error.__class__.__name__}", "see what it is"
        ) from None
    content = pipeline.render(_pinned(project, ca) if ca is not None else None)
    return Part(path=Path(pipeline.path), content=content, there=there, use=pipeline.use)


def write(project: Path, part: Part) -> None:
    """Write a new file. Raises `UsageError` where there is one already, whatever it holds."""
    path = project / part.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(part.content)
    except FileExistsError:
        use = part.use[:1].lower() + part.use[1:].rstrip(".")
        raise UsageError(
            f"there is another {visible(str(part.path))} already, and it was left as it is",
            f"take the lines over by hand: {use}",
        ) from None
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        raise CertmendError(
            f"cannot write {visible(str(part.path))}: {words}", "see to its folder's rights"
        ) from None


def _pinned(project: Path, ca: Path) -> PinnedCa:
    shown = visible(str(ca), 300)
    read = bundle.read(str(ca), shown)
    if read.store.problem is not None or not read.certificates:
        detail = read.store.detail or "it holds no certificate"
        raise UsageError(f"{shown} cannot be pinned: {detail}", "give a PEM file with the CA")
    if ca.is_dir():
        raise UsageError(f"{shown} is a folder", "give a PEM file with the CA")
    content = ca.read_bytes()
    if b"PRIVATE KEY-----" in content:
        raise UsageError(f"{shown} holds a private key", "give a file with the certificate alone")
    try:
        inside = ca.resolve().relative_to(project.resolve()).as_posix()
    except ValueError:
        raise UsageError(
            f"{shown} is not in this project", "copy it into the project, and name that file"
        ) from None
    if not _SAFE.fullmatch(inside):
        raise UsageError(
            f"{shown} has characters that a pipeline could misread",
            "name it with letters, digits, dots and dashes alone",
        )
    return PinnedCa(path=inside, sha256=hashlib.sha256(content).hexdigest())
