"""What `certmend fix Dockerfile` does: read build files, patch them, let the CA in, apply."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from certmend import registry
from certmend.builds.build import Build, Patch, Refusal, Way, Wish
from certmend.errors import UsageError, WriteError
from certmend.judge.linting import engine, ignores
from certmend.model import lint
from certmend.model.document import Copied, Document, Stage
from certmend.model.finding import Owner
from certmend.model.plan import Advise, EditFile, Plan, Remedy, Safety, Step, Trusted, WriteFile
from certmend.model.plugin import FileKind
from certmend.model.text import visible
from certmend.observe import kinds, tree
from certmend.observe.syntax import damage
from certmend.remedy import apply, bundles, files
from certmend.remedy.bundles import Member
from certmend.remedy.journal import Change, Journal, Record, now
from certmend.tasks import bundling, contexts

_FOLDER = "certmend.builds.files"
_MANY = 10
_OFF = ("trusted-host", "trusted-public-host", "verify-disabled")
_WHAT = "a Dockerfile, compose file, devcontainer.json or pipeline"


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A build file, as it is."""

    path: Path
    build: Build
    document: Document
    content: bytes
    context: Path


class BuildWishes(msgspec.Struct, frozen=True, kw_only=True):
    """What the person asked for."""

    given: tuple[Member, ...] = ()
    files: tuple[str, ...] = ()
    """The paths of `--ca`."""
    way: Way = Way.STORE
    family: str = ""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """A plan for build files, with what the person should know beside it."""

    plan: Plan
    notes: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    """Files in which nothing is to be done."""

    @property
    def refused(self) -> bool:
        """Whether a part of a file stays without the CA."""
        return any(one.safety is Safety.NEVER for one in self.plan.remedies)


def is_file(argument: str) -> bool:
    """Whether an argument names a build file or a folder, and no index."""
    if "://" in argument:
        return False
    found = kinds.by_name(argument)
    return os.path.exists(argument) or (found is not None and _build(found) is not None)  # noqa: PTH110


def targets(arguments: Iterable[str]) -> tuple[Target, ...]:
    """The build files of paths and folders, and the Dockerfiles that they build.

    Raises `UsageError` for what is none or cannot be read.
    """
    found: dict[str, Target] = {}
    for argument in arguments:
        place = Path(argument)
        paths = _in_folder(place) if place.is_dir() else [place]
        for path in paths:
            target = _target(path, None)
            if path is place and (words := damage.found(str(path), target.document.text)):
                shown = visible(str(path), 500)
                raise UsageError(f"{shown} {words}", "correct it, and run it again")
            for one in _with_dockerfiles(target):
                found[str(one.path.resolve())] = one
        if not paths:
            raise UsageError(
                f"{visible(argument, 500)} holds no build file", f"give the path of {_WHAT}"
            )
    return tuple(found.values())


def _in_folder(folder: Path) -> list[Path]:
    """Its build files, Dockerfiles first: who builds them knows their context, and comes last."""
    reader = tree.Reader(lambda kind, _: _build(kind) is not None)
    chosen = list(reader.candidates(tree.Found([folder]).names()))
    return [Path(one.path) for one in sorted(chosen, key=lambda one: one.kind.name != "dockerfile")]


def _build(kind: FileKind) -> Build | None:
    known: tuple[Build, ...] = registry.load(_FOLDER, Build)
    return next((one for one in known if kind.name in one.kinds), None)


def _target(path: Path, context: Path | None) -> Target:
    shown = visible(str(path), 500)
    try:
        content = files.see(str(path)).content
    except WriteError as error:
        raise UsageError(error.message, error.hint) from None
    if content is None:
        raise UsageError(f"{shown} does not exist", f"give the path of {_WHAT}")
    kind = kinds.by_name(str(path.absolute()))
    if kind is None and _begins_like_a_dockerfile(content):
        kind = kinds.by_name("Dockerfile")
    build = _build(kind) if kind is not None else None
    if kind is None or build is None:
        raise UsageError(f"{shown} is no build file", f"give the path of {_WHAT}")
    document = tree.read(str(path), kind, content)
    if kind.name == "dockerfile" and not any(isinstance(one, Stage) for one in document.entries):
        raise UsageError(f"{shown} is no Dockerfile: it has no FROM", f"give the path of {_WHAT}")
    if context is None:
        find = contexts.of_dockerfile if build.context else lambda path, _: contexts.top_of(path)
        context = find(path, document)
    return Target(path=path, build=build, document=document, content=content, context=context)


def _begins_like_a_dockerfile(content: bytes) -> bool:
    for line in content.splitlines()[:50]:
        word = line.strip().upper()
        if word and not word.startswith(b"#"):
            return word.startswith((b"FROM ", b"ARG "))
    return False


def _with_dockerfiles(target: Target) -> Iterator[Target]:
    """A file, and before it the Dockerfiles that it builds, in the contexts that it names."""
    patch = target.build.patch(target.document, Wish(holds=lambda _: None))
    for dockerfile, context in patch.builds:
        folder = target.path.parent / context
        path = target.path.parent / dockerfile
        if path.is_file():
            yield _target(Path(os.path.relpath(path)), Path(os.path.relpath(folder)))
    yield target


def plan(found: tuple[Target, ...], wishes: BuildWishes) -> Built:
    """What is to be done. Raises `UsageError` where a CA is needed and none was given."""
    remedies: list[Remedy] = []
    notes: dict[str, list[str]] = {}
    nothing: list[str] = []
    written: set[str] = set()
    for target in found:
        patch, steps, said = _patched(target, wishes)
        if patch.wants_ca:
            raise _which_ca(target)
        shown = visible(str(target.path), 500)
        if patch.text == target.document.text:
            nothing += [shown] if not patch.refusals else []
        else:
            new = [one for one in steps if _path(one) not in written]
            written |= {_path(one) for one in new}
            remedies.append(_remedy(target, patch, new, wishes))
            for one in said:
                notes.setdefault(one, []).append(shown)
        remedies += [_refusal(shown, one) for one in patch.refusals]
        for one in patch.notes:
            notes.setdefault(one, []).append(shown)
    order = sorted(remedies, key=lambda one: one.safety is Safety.NEVER)
    return Built(
        plan=Plan(remedies=tuple(order)),
        notes=tuple(_said_of(one, files, alone=len(found) == 1) for one, files in notes.items()),
        nothing=tuple(nothing),
    )


def _said_of(note: str, files: list[str], *, alone: bool) -> str:
    """A note with the file that it is about; one that holds for several is said once."""
    if alone:
        return note
    return f"{files[0]}: {note}" if len(files) == 1 else f"in {len(files)} files: {note}"


def _patched(target: Target, wishes: BuildWishes) -> tuple[Patch, list[Step], tuple[str, ...]]:
    wanted = frozenset(one.sha256 for one in wishes.given)
    copies = wishes.way is Way.STORE
    bundle = target.path.parent / contexts.BUNDLE
    delivery = contexts.deliver(
        wishes.given if copies else (),
        target.context,
        target.path if target.build.context else None,
        given=wishes.files,
    )
    wish = Wish(
        cas=delivery.cas,
        way=wishes.way,
        family=wishes.family,
        bundle=contexts.BUNDLE if wishes.given else "",
        holds=lambda source: contexts.holds(target.context, source, wanted),
    )
    patch = _without_idle_ignores(target, target.build.patch(target.document, wish))
    copied = any(one.source in patch.text for one in delivery.cas)
    steps = list(delivery.steps) if copied else []
    if patch.wants_bundle and wishes.given:
        steps.append(_bundle(bundle, wishes.given))
    return patch, steps, (*delivery.notes, *_off_elsewhere(target))


def _off_elsewhere(target: Target) -> Iterator[str]:
    """Switches in the files that an image copies: its own is not all that turns them off."""
    names = {
        word.text
        for entry in target.document.entries
        if isinstance(entry, Copied) and not entry.remote
        for word in entry.sources
    }
    for name in sorted(names):
        path = target.context / name.lstrip("/")
        kind = kinds.by_name(name)
        if kind is None or not path.is_file() or path.stat().st_size > tree.SIZE_LIMIT:
            continue
        document = tree.read(str(path), kind, path.read_bytes())
        for one in engine.lint(document, frozenset(_OFF), now().date()):
            yield f"{visible(str(path), 300)}:{one.line}: {one.fault.message}"


def _without_idle_ignores(target: Target, patch: Patch) -> Patch:
    """What was switched off and ignored by a comment is on again: the comment goes as well."""
    if patch.text == target.document.text or "certmend:" not in patch.text:
        return patch
    kind = kinds.by_name(target.document.path) or kinds.by_name("Dockerfile")
    if kind is None or kind.name != target.document.kind:
        return patch
    after = tree.read(target.document.path, kind, patch.text.encode("utf-8", "surrogateescape"))
    idle = {one.source for one in _idle(target.document)}
    edits = [
        edit
        for one in _idle(after)
        if one.source not in idle and one.fault.fix is not None
        for edit in one.fault.fix.edits
    ]
    return msgspec.structs.replace(patch, text=lint.apply(after.text, edits))


def _idle(document: Document) -> list[lint.Located]:
    found = engine.lint(document, engine.chosen((), ()), now().date())
    return [one for one in found if one.fault.rule == ignores.UNUSED]


def _bundle(path: Path, given: tuple[Member, ...]) -> WriteFile:
    merged = bundles.merge((*bundling.public_roots("certifi"), *given), now())
    return WriteFile(
        path=str(path),
        what="the public roots and the CA, to be mounted over the system's bundle",
        before=files.see(str(path)).content,
        after=bundles.text(merged.kept).encode("ascii"),
    )


def _remedy(target: Target, patch: Patch, steps: list[Step], wishes: BuildWishes) -> Remedy:
    _, encoding = tree.text_of(target.content)
    edit = EditFile(
        path=str(target.path),
        what="\n".join(patch.done),
        before=target.content,
        after=patch.text.encode(encoding, "surrogateescape"),
    )
    names = ", ".join(f'"{one.label}"' for one in wishes.given)
    names = names or ("the CA of its secret" if wishes.way is Way.SECRET else "the CA it copies")
    return Remedy(
        title=f"{visible(str(target.path), 500)} trusts {names}",
        codes=("untrusted-root",),
        safety=Safety.SAFE,
        steps=(*steps, edit),
        trusts=tuple(_trusted(one) for one in wishes.given),
    )


def _trusted(one: Member) -> Trusted:
    return Trusted(
        subject=one.label,
        sha256=one.sha256,
        not_after=f"{one.not_after:%Y-%m-%d}",
        source=visible(one.source, 300),
        vouched="given by you",
    )


def _refusal(shown: str, one: Refusal) -> Remedy:
    text = f"{one.why}.\n{one.hint}" if one.hint else f"{one.why}."
    return Remedy(
        title=f"{one.place} of {shown} stays as it is",
        codes=("untrusted-root",),
        safety=Safety.NEVER,
        steps=(Advise(to=Owner.YOU, subject=one.place, text=text),),
        why=one.why,
    )


def _path(step: Step) -> str:
    return os.path.abspath(step.path) if isinstance(step, WriteFile | EditFile) else ""  # noqa: PTH100


def _which_ca(target: Target) -> UsageError:
    shown = visible(str(target.path), 500)
    near = contexts.candidates(target.context)
    if near:
        name = visible(near[0], 200)
        hint = f"{name} holds one: `certmend fix {shown} --ca {name}`"
    else:
        hint = f"`certmend fix {shown} --ca FILE`, with the file that your CA team gives out"
    return UsageError(f"no CA was given for {shown} to trust", hint)


def own(given: tuple[Member, ...]) -> tuple[Member, ...]:
    """Those of several CAs that are not public roots: these every image has.

    Raises `UsageError` for more than a person can mean.
    """
    if len(given) <= 1:
        return given
    public = {one.sha256 for one in bundling.public_roots("certifi")}
    left = tuple(one for one in given if one.sha256 not in public)
    if not left or len(left) > _MANY:
        raise UsageError(
            f"--ca holds {len(left) or len(given)} CAs{'' if left else ', and all are public'}",
            "give the file of the CA that your images lack",
        )
    return left


def by_fingerprint(fingerprints: frozenset[str]) -> tuple[Member, ...]:
    """CAs of this machine's own trust store. Raises `UsageError` for one that is not there."""
    held = {one.sha256: one for one in bundling.public_roots("system")}
    for one in sorted(fingerprints - set(held)):
        raise UsageError(
            f"this machine's trust store holds no CA with the SHA-256 {one}",
            "give its file with `--ca FILE`",
        )
    return tuple(held[one] for one in sorted(fingerprints))


def carry_out(built: Built, journal: Journal, waiting: Callable[[], None]) -> Record:
    """Write everything, or nothing. Raises `WriteError`."""
    steps = [
        step
        for one in built.plan.applicable
        for step in one.steps
        if isinstance(step, WriteFile | EditFile)
    ]
    changes: list[Change] = []
    for step in steps:
        seen = files.see(step.path)
        if seen.content is not None and not seen.mode & 0o222:
            raise WriteError(f"{visible(step.path, 500)} is read-only", "`chmod u+w` it first")
        before = msgspec.structs.replace(seen, content=step.before)
        changes.append(Change(before=before, after=step.after))
    title = "; ".join(one.title for one in built.plan.applicable)
    return apply.apply(journal, f"fix: {title}", changes, waiting=waiting)
