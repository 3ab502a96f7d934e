"""Pipenv: a pip of its own, which reads pip's files and variables (measured on 2024.4, 2026.10).

Its sources stand in the Pipfile, where each can be left unverified.
"""

from certmend.model.client import ClientFacts
from certmend.model.plan import EditFile, Step
from certmend.remedy import pips, pointing, sources
from certmend.remedy.edits import toml
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """As pip's, in the files that are read in every environment."""
    pointing.scope(client, ground, Scope.USER, Scope.SYSTEM)
    return pips.trust(client, wish, ground)


def trust_host(client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
    """Verification off for the sources on one host, in the Pipfile."""
    found = sources.named(client, (host,))
    if not found:
        raise pointing.no_host(client, "no source of a Pipfile here has that host")
    path = found[0].origin.path
    old = ground.content(path)
    new = old or b""
    for one in found:
        number = int(one.origin.name.split(".")[1])
        new = toml.set_value(new, path, ("source", number, "verify_ssl"), False)
    names = ", ".join(one.name for one in found)
    what = f"verify_ssl = false for {names}: verification is off for {pointing.shown(host)}"
    return (EditFile(path=path, what=what, before=old, after=new),)


PIPENV = Target(name="pipenv", trust=trust, trust_host=trust_host)
