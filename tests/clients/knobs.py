"""Every trust setting of a client as a knob that can be turned, made from the client's own table.

A knob set to a bundle becomes variables, options and lines of files; two knobs in one file share it.
"""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from certmend.lab.pki import Authority
from certmend.model.plugin import Client, Form, Place, Source, Surroundings
from certmend.model.setting import Meaning, OriginKind
from certmend.observe import roll_call
from certmend.observe.versions import at_least

SOURCE = "lab"
"""The name of the source in a project that has sources."""


class Knob(NamedTuple):
    """One setting in one place."""

    source: Source
    place: str = ""
    """The file's path relative to the home or project folder; empty for the others."""
    form: str = ""
    prefix: str = ""

    @property
    def label(self) -> str:
        """As in the table."""
        where = f"{self.place} " if self.place else ""
        return where + self.prefix + self.source.name.replace("*", SOURCE)


class Turned(NamedTuple):
    """What a client is started with."""

    variables: dict[str, str]
    arguments: list[str]
    files: dict[str, tuple[str, list[tuple[str, str]]]]
    """Path to format and entries."""


def client_named(name: str) -> Client:
    """The plug-in of that name."""
    return next(one for one in roll_call.every() if one.name == name)


def knobs(client: Client, home: Path, project: Path, version: str) -> list[Knob]:
    """All trust settings of a client's table, and those for no verification, in every place."""
    around = Surroundings(
        environment={"HOME": str(home), "PIP_CONFIG_FILE": str(home / "pip.conf")},
        folder=str(project),
        home=str(home),
        version=version,
    )
    places = [place for place in client.places(around) if _writable(place, home, project)]
    found: list[Knob] = []
    for source in client.sources:
        if not (source.meaning.is_trust or source.meaning is Meaning.INSECURE):
            continue
        if source.kind is not OriginKind.FILE:
            found.append(Knob(source))
            continue
        for place in places:
            if not source.places or place.name in source.places:
                relative = str(Path(place.path).relative_to(home.parent))
                found.append(Knob(source, relative, place.format, place.prefix))
    return [one for one in dict.fromkeys(found) if _fits(one, version)]


def _fits(knob: Knob, version: str) -> bool:
    source = knob.source
    early = bool(source.since) and not at_least(version, source.since)
    late = bool(source.until) and at_least(version, source.until)
    # An option or a key that a version does not have is an error, not a setting.
    if source.kind is OriginKind.FLAG and source.meaning is Meaning.SYSTEM:
        return False  # certmend is given no such option
    return not (early or late) or source.kind is OriginKind.VARIABLE


def _writable(place: Place, home: Path, project: Path) -> bool:
    return Path(place.path).is_relative_to(home) or Path(place.path).is_relative_to(project)


def turn(settings: list[tuple[Knob, Path | None]], folders: dict[Path, Path], port: int) -> Turned:
    """Set knobs: to a bundle, or, with None, so that nothing is verified."""
    turned = Turned({}, [], {})
    host = "localhost"
    for knob, bundle in settings:
        value = _value(knob, bundle, folders, host)
        if knob.source.kind is OriginKind.VARIABLE:
            turned.variables[knob.source.name.replace("*", SOURCE.upper())] = value
        elif knob.source.kind is OriginKind.FLAG:
            switch = knob.source.form is Form.SWITCH
            turned.arguments.extend([knob.source.name] if switch else [knob.source.name, value])
        else:
            name = f"https://{host}:{port}/" if knob.form == "git" else SOURCE
            key = knob.prefix + knob.source.name.replace("*", name)
            turned.files.setdefault(knob.place, (knob.form, []))[1].append((key, value))
    return turned


def _value(knob: Knob, bundle: Path | None, folders: dict[Path, Path], host: str) -> str:
    if knob.source.form is Form.HOSTS:
        return host
    if knob.source.form is Form.SWITCH:
        return "true"
    if knob.source.form is Form.NOT:
        return "false"
    assert bundle is not None
    return str(folders[bundle] if knob.source.meaning is Meaning.FOLDER else bundle)


def write(turned: Turned, root: Path, existing: dict[str, str]) -> None:
    """Write the files; `existing` is text that stands in one already, such as a project's."""
    for relative, (form, entries) in turned.files.items():
        path = root / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(existing.get(relative, "") + _text(form, entries))
    for relative, text in existing.items():
        if relative not in turned.files:
            (root / relative).parent.mkdir(parents=True, exist_ok=True)
            (root / relative).write_text(text)


def _text(form: str, entries: list[tuple[str, str]]) -> str:
    lines: list[str] = []
    tables: set[str] = set()
    for key, value in sorted(entries, key=lambda one: one[0].rpartition(".")[0]):
        table, _, name = key.rpartition(".")
        if form == "toml":
            bare = value if value in ("true", "false") else f'"{value}"'
            bare = f"[{bare}]" if name.endswith("host") else bare
            lines += [f"\n[{table}]"] if table and table not in tables else []
            tables.add(table)
            lines.append(f"{name} = {bare}")
        elif form == "git":
            section, _, part = table.partition(".")
            lines += [f'[{section} "{part}"]' if part else f"[{section}]", f"{name} = {value}"]
        elif form == "ini":
            lines += [f"[{table}]"] if table not in tables else []
            tables.add(table)
            lines.append(f"{name} = {value}")
        elif form == "curlrc":
            lines.append(f'{name} = "{value}"' if value != "true" else name)
        else:
            lines.append(f"{key}={value}")
    return "\n".join(lines) + "\n"


def hashed(authority: Authority, folder: Path) -> Path:
    """A folder with hash links, as `openssl rehash` makes it."""
    folder.mkdir(parents=True)
    (folder / "ca.pem").write_text(authority.pem)
    openssl = shutil.which("openssl")
    assert openssl, "the harness needs the openssl command"
    subprocess.run([openssl, "rehash", str(folder)], check=True, capture_output=True)
    return folder
