"""Poetry: `certificates.NAME.cert` for each source; for any other host the variables of requests.

Measured on 1.2 to 2.5 (poetry/utils/authenticator.py): a source's setting counts for its host; the
places are, strongest first, a variable, the project's poetry.toml, the person's auth.toml and
config.toml. PyPI's files lie on a host of their own, which no source's setting reaches.
"""

from pathlib import Path

from certmend.model.client import ClientFacts
from certmend.model.index import Index
from certmend.model.plan import EditFile, Step
from certmend.model.setting import OriginKind
from certmend.remedy import folders, pointing, sources
from certmend.remedy.by_variable import choice
from certmend.remedy.edits import toml
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish

_SCOPES = (Scope.USER, Scope.PROJECT)


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """The steps after which Poetry trusts what is wished for, source by source."""
    why = "poetry has no setting for the system's trust store"
    return pointing.by_method(client, wish, ground, lambda: _bundle(client, wish, ground), why)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Verification off for the sources on one host: `false` in a file; a variable takes a path."""
    found = sources.named(client, (host,))
    if not found:
        raise pointing.no_host(client, "no source here has that host")
    if name := next((name for one in found if (name := _variable(client, one))), ""):
        raise pointing.no_host(client, f"{name} decides, and takes a path alone")
    names = ", ".join(f"certificates.{one.name}.cert" for one in found)
    what = f"{names} = false: verification is off for {pointing.shown(host)}"
    return (_edit(client, found, False, what, ground),)


def _bundle(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    _file(client, ground)  # a scope that Poetry has not is refused, whatever is to be done

    def point(found: tuple[Index, ...], path: str, after: Ground) -> tuple[Step, ...]:
        decided = {one: _variable(client, one) for one in found}
        in_files = tuple(one for one, name in decided.items() if not name)
        what = ", ".join(f"certificates.{one.name}.cert" for one in in_files)
        what = f"{what} = {pointing.shown(path)}"
        steps: list[Step] = [_edit(client, in_files, path, what, after)] if in_files else []
        why = "Poetry reads this variable before its files"
        steps += [pointing.variable(name, path, why) for name in decided.values() if name]
        return tuple(steps)

    return sources.with_bundles(
        client, wish, ground, point, lambda path: (_requests(client, path),)
    )


def _requests(client: ClientFacts, path: str) -> Step:
    name = choice(pointing.in_variable(client, client.trust))
    return pointing.variable(name, path, "a host without a source of its own has no setting")


def _variable(client: ClientFacts, source: Index) -> str:
    """The variable that decides for a source, where one of Poetry's own does."""
    name = pointing.in_variable(client, client.trust_on(str(source.url)))
    return name if name.startswith("POETRY_") else ""


def _edit(
    client: ClientFacts, found: tuple[Index, ...], value: str | bool, what: str, ground: Ground
) -> Step:
    path = _file(client, ground)
    if ground.scope is None:
        decides = (_decides(client, one) for one in found)
        path = next((one for one in decides if one), path)
    old = ground.content(path)
    new = old or b""
    for one in found:
        new = toml.set_value(new, path, ("certificates", one.name, "cert"), value)
    return EditFile(path=path, what=what, before=old, after=new)


def _decides(client: ClientFacts, source: Index) -> str:
    """The file that has this setting for a source already."""
    own = (one for one in client.settings if one.scope == source.name)
    named = (one.origin for one in own if one.origin.name.startswith("certificates."))
    return next((one.path for one in named if one.kind is OriginKind.FILE), "")


def _file(client: ClientFacts, ground: Ground) -> str:
    """The settings file of the scope, where `poetry config` writes certificates too."""
    if pointing.scope(client, ground, *_SCOPES) is Scope.PROJECT:
        return str(folders.upward("pyproject.toml").with_name("poetry.toml"))
    named = ground.environment.get("POETRY_CONFIG_DIR")
    return str((Path(named) if named else folders.config("pypoetry", ground)) / "auth.toml")


POETRY = Target(name="poetry", trust=trust, trust_host=trust_host)
