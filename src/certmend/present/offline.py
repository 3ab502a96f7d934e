"""pip's settings for installing from a folder alone."""

import re
from collections.abc import Iterator, Mapping

from certmend.model.manifest import File, Manifest, Target

_CONF = """\
# Written by `certmend prefetch`. With it, pip installs from this folder alone:
#     PIP_CONFIG_FILE={folder}/pip.conf pip install NAME
# Change find-links where the folder lies elsewhere.
[global]
no-index = true
find-links = {links}
"""
_HASHES = """\
# Written by `certmend prefetch`: every file of {label}, by its digest.
#     pip install --no-index --find-links {folder} -r {folder}/{name}
"""


def settings(manifest: Manifest, folder: str, links: str, *, hashes: bool) -> Mapping[str, bytes]:
    """The files of settings by name: `pip.conf`, and with `hashes` the pinned requirements.

    `folder` is how the person names it, `links` the same as a value without blanks. Where the
    targets need different versions of a project, each target gets a file of its own.
    """
    found = {"pip.conf": _CONF.format(folder=folder, links=links)}
    if hashes:
        for name, label, files in _sets(manifest):
            head = _HASHES.format(label=label, folder=folder, name=name)
            found[name] = head + "".join(_pins(files, folder))
    return {name: text.encode() for name, text in found.items()}


def _sets(manifest: Manifest) -> Iterator[tuple[str, str, list[File]]]:
    needed = [one for one in manifest.files if one.targets]
    versions: dict[str, set[str]] = {}
    for one in needed:
        versions.setdefault(one.project, set()).add(one.version)
    if all(len(found) == 1 for project, found in versions.items() if project):
        labels = ", ".join(target.label for target in manifest.targets)
        yield "requirements-hashes.txt", labels, needed
        return
    for target in manifest.targets:
        mine = [one for one in needed if target.label in one.targets]
        yield f"requirements-hashes-{_slug(target)}.txt", target.label, mine


def _slug(target: Target) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", target.label.lower()).strip("-")


def _pins(files: list[File], folder: str) -> Iterator[str]:
    pins: dict[str, list[str]] = {}
    for one in files:
        pin = f"{one.project}=={one.version}" if one.project else f"{folder}/{one.name}"
        pins.setdefault(pin, []).append(one.sha256)
    for pin, digests in sorted(pins.items()):
        words = (pin, *(f"--hash=sha256:{digest}" for digest in digests))
        yield " \\\n    ".join(words) + "\n"
