"""Which pairs of a private and a public index let a client choose between them.

How each client chooses is from its documentation: pip asks all indexes (`pip install`, finding
packages); uv takes the first index that has the name, extra indexes first, the default last
(uv, package indexes); Poetry's supplemental and primary sources (Poetry, repositories); PDM asks
all sources unless told to respect their order; Pipenv pins each package to one source.
"""

from collections.abc import Iterator

from certmend.judge.linting.hosts import (
    host_named,
    is_handed_in,
    is_private,
    mirrors_pypi,
)
from certmend.judge.linting.indexes import Index, indexes
from certmend.judge.linting.main_index import LIKE_PIP, primaries, together
from certmend.judge.linting.reading import Reading
from certmend.model.document import Command, Document, Key

_PYPI = "pypi.org"

Pair = tuple[Index, str]


def confusions(reading: Reading) -> Iterator[Pair]:
    """Each index that is to blame, with the host that it stands beside."""
    found = indexes(reading)
    yield from _pip(reading, found)
    yield from _uv(reading, found)
    yield from _poetry([index for index in found if index.client == "poetry"])
    yield from _pdm(reading, [i for i in found if i.client == "pdm" and i.role == "source"])
    yield from _pipenv(reading, [i for i in found if i.client == "pipenv" and i.role == "source"])


def _is_private(index: Index) -> bool:
    return is_private(index.url.text)


def _holds_own(index: Index) -> bool:
    """Whether an index has private names alone: it is no proxy of the public one."""
    return _is_private(index) and not mirrors_pypi(index.url.text)


def _pip(reading: Reading, found: list[Index]) -> Iterator[Pair]:
    """Pip takes the highest version of all its indexes."""
    mine = [index for index in found if index.client in LIKE_PIP]
    extras = [index for index in mine if index.role == "extra"]
    public = [index for index in extras if mirrors_pypi(index.url.text)]
    seen: set[object] = set()
    for extra in extras:
        if extra.url.place() in seen:
            continue
        if extra.url.at:
            seen.add(extra.url.place())
        for primary in primaries(reading, extra, mine):
            if other := _blamed(reading, extra, primary, public):
                yield extra, other
                break


def _blamed(reading: Reading, extra: Index, primary: Index | None, public: list[Index]) -> str:
    """The host that an extra index makes a pair with; empty where the pair is a harmless one."""
    if _holds_own(extra):
        if primary is None and not _has_no_index(reading, extra):
            return _PYPI
        if primary is not None and mirrors_pypi(primary.url.text):
            return host_named(primary.url.text)
        beside = (one for one in public if one is not extra and together(reading, extra, one))
        return next((host_named(one.url.text) for one in beside), "")
    if primary is None:
        return ""
    if mirrors_pypi(extra.url.text) and (_holds_own(primary) or is_handed_in(primary.url.text)):
        return host_named(primary.url.text)
    if is_handed_in(extra.url.text) and mirrors_pypi(primary.url.text):
        return host_named(primary.url.text)
    return ""


def _has_no_index(reading: Reading, extra: Index) -> bool:
    return any(
        option.name == "no-index"
        and (option.entry is extra.entry or not isinstance(option.entry, Command))
        for option in reading.options
    )


def _uv(reading: Reading, found: list[Index]) -> Iterator[Pair]:
    """Uv takes the first index that has the name; an unsafe strategy asks all of them."""
    unsafe = any(
        value.text.startswith("unsafe")
        for option in reading.named("index-strategy")
        for value in option.values
    ) or any(
        entry.name == "UV_INDEX_STRATEGY" and entry.value.text.startswith("unsafe")
        for entry in reading.variables
    )
    roles = ("index", "extra", "source")
    mine = [i for i in found if i.client == "uv" and not i.pinned and i.role in roles]
    for group in _groups(mine, reading.document):
        ordered = [i for i in group if not _is_last(i)] + [i for i in group if _is_last(i)]
        private = [i for i in ordered if _holds_own(i)]
        has_default = any(_is_last(i) for i in ordered)
        if not private:
            continue
        if unsafe and (not has_default or any(mirrors_pypi(i.url.text) for i in ordered)):
            other = next(
                (host_named(i.url.text) for i in ordered if mirrors_pypi(i.url.text)), _PYPI
            )
            yield private[0], other
        else:
            first = ordered.index(private[0])
            before = [i for i in ordered[:first] if mirrors_pypi(i.url.text)]
            if before:
                yield before[0], host_named(private[0].url.text)


def _is_last(index: Index) -> bool:
    return index.default or index.role == "index"


def _groups(found: list[Index], document: Document) -> Iterator[list[Index]]:
    """The settings of one command, and all those of files and variables."""
    del document
    commands: dict[int, list[Index]] = {}
    others: list[Index] = []
    for index in found:
        if isinstance(index.entry, Command):
            commands.setdefault(id(index.entry), []).append(index)
        else:
            others.append(index)
    yield from commands.values()
    if others:
        yield others


def _poetry(found: list[Index]) -> Iterator[Pair]:
    """A supplemental private source is asked after PyPI; equal primaries are all asked."""
    sources = [i for i in found if not i.pinned]
    named = {index.name: index for index in sources}
    pypi = named.get("pypi") or next((i for i in sources if mirrors_pypi(i.url.text)), None)
    for index in sources:
        if not _holds_own(index):
            continue
        primaries = [i for i in sources if i.priority in ("", "primary", "default")]
        alone = index not in primaries and not any(i is not index for i in primaries)
        if (index.priority in ("supplemental", "secondary") and (alone or pypi in primaries)) or (
            index in primaries and pypi in primaries
        ):
            yield index, _PYPI


def _pdm(reading: Reading, found: list[Index]) -> Iterator[Pair]:
    respects = any(
        isinstance(key, Key) and key.path[-1] == "respect-source-order"
        and any(value.text == "true" for value in key.values)
        for key in reading.keys
    )  # fmt: skip
    replaced = any(index.name == "pypi" and _is_private(index) for index in found)
    for index in found:
        public = next((i for i in found if mirrors_pypi(i.url.text)), None)
        if _holds_own(index) and not index.pinned and not respects:
            if public is not None:
                yield index, host_named(public.url.text)
            elif not replaced:
                yield index, _PYPI


def _pipenv(reading: Reading, found: list[Index]) -> Iterator[Pair]:
    """Pipenv pins each package to one source unless it is told to search all."""
    searches = any(
        key.path[-1] == "install_search_all_sources" and any(v.text == "true" for v in key.values)
        for key in reading.keys
    )
    public = next((i for i in found if mirrors_pypi(i.url.text)), None)
    for index in found:
        if searches and public is not None and _holds_own(index):
            yield index, host_named(public.url.text)
