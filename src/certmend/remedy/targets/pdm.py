"""PDM: `ca_certs` for each source, and that of the default source for any other host.

Measured on 2.20 to 2.29 (pdm/models/session.py, pdm/project/core.py): what a source's table in
pyproject.toml says beats `[pypi.NAME]` of the project's pdm.toml, which beats the person's
config.toml; `[pypi]` is the default source's. A path is one machine's, so it goes into the person's
file unless it stands elsewhere.
"""

from pathlib import Path

from certmend.model.client import ClientFacts
from certmend.model.index import Index
from certmend.model.plan import EditFile, Step
from certmend.remedy import folders, pointing, sources
from certmend.remedy.edits import toml
from certmend.remedy.edits.toml_statements import Keys
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish

_SCOPES = (Scope.USER, Scope.PROJECT)


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which PDM trusts what is wished for, source by source."""
    why = (
        f"pdm reads the system's trust store by itself, unless a bundle is named: "
        f"{client.trust.bundle_origin or 'a source'} names one"
    )
    return pointing.by_method(client, wish, ground, lambda: _bundle(client, wish, ground), why)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Verification off for the sources on one host."""
    found = sources.named(client, (host,))
    if not found:
        raise pointing.no_host(client, "no source here has that host")
    return _edits(client, found, "verify_ssl", False, ground)


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    _file(client, ground)  # a scope that PDM has not is refused, whatever is to be done

    def point(found: tuple[Index, ...], path: str, after: Ground) -> tuple[Step, ...]:
        return _edits(client, found, "ca_certs", path, after)

    def point_rest(path: str) -> tuple[Step, ...]:
        file, keys = _in_config(client, ("pypi", "ca_certs"), ground)
        return (_edit(file, [keys], path, ground),)

    return sources.with_bundles(client, wish, ground, point, point_rest)


def _edits(
    client: ClientFacts, found: tuple[Index, ...], key: str, value: str | bool, ground: Ground
) -> tuple[Step, ...]:
    """The key of each source, in the file where it decides."""
    places: dict[str, list[Keys]] = {}
    for one in found:
        path, keys = _place(client, one, key, ground)
        places.setdefault(path, []).append(keys)
    return tuple(_edit(path, every, value, ground) for path, every in places.items())


def _edit(path: str, every: list[Keys], value: str | bool, ground: Ground) -> Step:
    old = ground.content(path)
    new = old or b""
    for keys in every:
        new = toml.set_value(new, path, keys, value)
    names = ", ".join(".".join(map(str, keys)) for keys in every)
    shown = pointing.shown(value) if isinstance(value, str) else "false: verification is off"
    return EditFile(path=path, what=f"{pointing.shown(names)} = {shown}", before=old, after=new)


def _place(client: ClientFacts, source: Index, key: str, ground: Ground) -> tuple[str, Keys]:
    """The file and key that decide for a source, or those of the scope."""
    written = source.origin.name.split(".")
    if written[:3] == ["tool", "pdm", "source"] and written[3].isdigit():
        table: Keys = ("tool", "pdm", "source", int(written[3]))
        content = ground.content(source.origin.path) or b""
        if toml.get(content, source.origin.path, (*table, key)) is not None:
            return source.origin.path, (*table, key)
    # PDM's own name for the default source is that of the whole table.
    name = () if source.name == "pypi" else (source.name,)
    return _in_config(client, ("pypi", *name, key), ground)


def _in_config(client: ClientFacts, keys: Keys, ground: Ground) -> tuple[str, Keys]:
    """The file of the scope, or the project's where the key stands there: it is stronger."""
    path, project = _file(client, ground), _project()
    if toml.get(ground.content(project) or b"", project, keys) is not None:
        path = project
    return path, keys


def _file(client: ClientFacts, ground: Ground) -> str:
    if pointing.scope(client, ground, *_SCOPES) is Scope.PROJECT:
        return _project()
    named = ground.environment.get("PDM_CONFIG_FILE")
    return str(Path(named) if named else folders.config("pdm", ground) / "config.toml")


def _project() -> str:
    return str(folders.upward("pyproject.toml").with_name("pdm.toml"))


PDM = Target(name="pdm", trust=trust, trust_host=trust_host)
