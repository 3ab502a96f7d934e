"""The folders that builds see: which one it is, and how a CA comes into it."""

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from certmend import process
from certmend.builds import ignoring
from certmend.builds.build import Ca
from certmend.errors import UsageError
from certmend.model.document import Copied, Document
from certmend.model.plan import EditFile, Step, WriteFile
from certmend.observe import containers
from certmend.remedy import bundles, files
from certmend.remedy.bundles import Member

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+@-]*")
_GIT_SECONDS = 10.0
_LEVELS = 4
BUNDLE = "corp-ca-bundle.pem"
"""The name of a file with the public roots and the CA, beside a compose file."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A CA in a context, and the steps that bring it there."""

    cas: tuple[Ca, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()


def of_dockerfile(path: Path, document: Document) -> Path:
    """The build context: the folder, from the Dockerfile's upwards, that has what it copies."""
    sources = [
        word.text
        for entry in document.entries
        if isinstance(entry, Copied) and not entry.remote
        for word in entry.sources
        if re.fullmatch(r"[\w./-]+", word.text) and word.text.strip("./")
    ]
    best, most = path.parent, sum(_is_there(path.parent, one) for one in sources)
    for folder in _upwards(path.parent):
        count = sum(_is_there(folder, one) for one in sources)
        if count > most:
            best, most = folder, count
    return best


def _is_there(folder: Path, source: str) -> bool:
    return (folder / source.lstrip("/")).exists()


def _upwards(folder: Path) -> Iterator[Path]:
    """The folders above, up to the top of the work tree."""
    here = folder.absolute()
    for level, above in enumerate(here.parents):
        if (here / ".git").exists() or level >= _LEVELS or above == above.parent:
            return
        here = above
        yield Path(os.path.relpath(above))


def top_of(path: Path) -> Path:
    """The top of a project that a pipeline file belongs to."""
    here = path.absolute().parent
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return Path(os.path.relpath(folder))
    for folder in (here, *here.parents):
        if folder.name in (".github", ".gitea", ".gitlab"):
            return Path(os.path.relpath(folder.parent))
    return path.parent


def deliver(
    members: tuple[Member, ...], context: Path, dockerfile: Path | None, *, given: Iterable[str]
) -> Delivery:
    """The CAs as PEM files of their own in the context, and let through its `.dockerignore`.

    `given` are the files of `--ca`: one that lies in the context already, in PEM and with the
    CA alone, stays where it is.
    """
    if not members:
        return Delivery()
    cas: list[Ca] = []
    steps: list[Step] = []
    for number, member in enumerate(members):
        found = _inside(member, context, given) if len(members) == 1 else None
        if found is None:
            found, step = _written(member, context, number)
            steps.append(step)
        cas.append(found)
    if dockerfile is not None:
        steps += _let_through(cas, context, dockerfile)
    notes = tuple(
        f"`.gitignore` leaves {one.source} out: `git add --force {one.source}` keeps it"
        for one in cas
        if _git_ignores(context, one.source)
    )
    kept = tuple(one for one in steps if not isinstance(one, WriteFile) or one.before != one.after)
    return Delivery(cas=tuple(cas), steps=kept, notes=notes)


def _inside(member: Member, context: Path, given: Iterable[str]) -> Ca | None:
    top = context.resolve()
    for one in given:
        path = Path(one).absolute()
        if not path.is_file() or not path.resolve().is_relative_to(top):
            continue
        content = path.read_bytes()
        source = path.resolve().relative_to(top).as_posix()
        alone = bundles.parts(content)
        prints = [sha256 for _, sha256 in alone if sha256]
        if prints == [member.sha256] and content.isascii() and _SAFE.fullmatch(source):
            return Ca(source=source, name=f"{path.stem}.crt", sha256=_digest(content))
    return None


def _written(member: Member, context: Path, number: int) -> tuple[Ca, WriteFile]:
    name = _name(member, number)
    # The file is for everybody: where it lay on this machine is not.
    shown = msgspec.structs.replace(member, source=member.source.rsplit("/", 1)[-1])
    after = bundles.text((shown,)).encode("ascii")
    before = files.see(str(context / name)).content
    if before is not None and before != after:
        if [sha256 for _, sha256 in bundles.parts(before) if sha256] == [member.sha256]:
            after = before  # it is there already, written in another way
        else:
            name = f"{name.removesuffix('.crt')}-{member.sha256[:8]}.crt"
            before = files.see(str(context / name)).content
    step = WriteFile(
        path=str(context / name), what="the CA, where the build can copy it", before=before,
        after=after,
    )  # fmt: skip
    return Ca(source=name, name=name, sha256=_digest(after)), step


def _name(member: Member, number: int) -> str:
    """A name of the file that it came from: `corp.pem` becomes `corp-ca.crt`."""
    stem = re.sub(r"\.\w+$", "", member.source.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-")[:60] or "corp"
    if not re.search(r"(?:^|[-_a-z])(?:ca|root|CA|Root|cacert)(?:$|[-_\d])", plain):
        plain += "-ca"
    return f"{plain}.crt" if number == 0 else f"{plain}-{number + 1}.crt"


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _let_through(cas: list[Ca], context: Path, dockerfile: Path) -> Iterator[Step]:
    own = dockerfile.with_name(dockerfile.name + ".dockerignore")
    place = own if own.is_file() else context / ".dockerignore"
    before = files.see(str(place)).content
    if before is None:
        return
    text = before.decode("utf-8", "surrogateescape")
    lines = [f"!{one.source}" for one in cas if ignoring.excluded(one.source, text)]
    if lines:
        end = "\r\n" if "\r\n" in text else "\n"
        gap = end if text and not text.endswith("\n") else ""
        after = text + gap + "".join(f"{line}{end}" for line in lines)
        yield EditFile(
            path=str(place),
            what="lets the CA into the build context",
            before=before,
            after=after.encode("utf-8", "surrogateescape"),
        )


def _git_ignores(context: Path, source: str) -> bool:
    try:
        done = process.run(
            ["git", "-C", str(context), "check-ignore", "-q", source], timeout=_GIT_SECONDS
        )
    except (OSError, ValueError, process.TimeoutExpired):
        return False
    return done.returncode == 0


def holds(context: Path, source: str, wanted: frozenset[str]) -> bool | None:
    """Whether files of the context hold the CAs of these fingerprints; None: not to be seen."""
    if not wanted or "$" in source:
        return None
    pattern = str(context / source.lstrip("/"))
    places = glob.glob(pattern)  # noqa: PTH207  a pattern as COPY takes it
    found: set[str] = set()
    for place in places:
        try:
            held = containers.read(place, lambda _: None)
        except UsageError:
            continue
        found |= {one.sha256 for one in bundles.members(held.certificates, place)}
    return wanted <= found if places else None


def candidates(context: Path) -> list[str]:
    """Files of a context that hold a CA, to be named when none was given."""
    found: list[str] = []
    for path in sorted((*context.glob("*.*"), *context.glob("*/*.*")))[:500]:
        if path.suffix.lower() not in (".crt", ".pem", ".cer", ".der") or not path.is_file():
            continue
        try:
            held = containers.read(str(path), lambda _: None)
            members = bundles.members(held.certificates, str(path))
        except UsageError:
            continue
        if members and not held.private_keys and all(one.may_sign for one in members):
            found.append(os.path.relpath(path))
    return found
