"""Clients that read a bundle from a variable alone: libraries, and what is built so."""

import msgspec

from certmend.model.client import ClientFacts
from certmend.model.plan import Step
from certmend.remedy import pointing
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish

REQUESTS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""The variables of requests, the stronger one first (sessions.py)."""


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """How a client reads variables, and why it has nothing else."""

    name: str
    variables: tuple[str, ...]
    """Strongest first; the last is the client's own."""
    no_truststore: str
    """Why it cannot be told to read the system's store, as a sentence without its stop."""
    no_host: str
    """Why it cannot leave one host unverified, as half a sentence."""
    what: str = ""
    """Why a variable is set, where a file is read for something else."""
    system: bool = False
    """Whether its variable takes the system's store away from other clients."""

    @property
    def target(self) -> Target:
        """The target of such a client."""
        return Target(name=self.name, trust=self._trust, trust_host=self._trust_host)

    def _trust(self, client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
        return pointing.by_method(
            client, wish, ground, lambda: self._bundle(client, wish, ground), self.no_truststore
        )

    def _bundle(self, client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
        pointing.scope(client, ground, Scope.USER)
        chosen = choice(pointing.in_variable(client, client.trust), self.variables)
        what = self.what or f"{self.name} reads a bundle from a variable, and from no file"

        def point(path: str) -> tuple[Step, ...]:
            return (pointing.variable(chosen, path, what),)

        return pointing.with_bundle(client, client.trust, wish, ground, point, system=self.system)

    def _trust_host(self, client: ClientFacts, host: str, ground: Ground) -> tuple[Step, ...]:
        del host, ground
        raise pointing.no_host(client, self.no_host)


def choice(decides: str, variables: tuple[str, ...] = REQUESTS[:1]) -> str:
    """The variable to set: the client's own, the last one, unless a stronger one decides now."""
    return decides if decides in variables[:-1] else variables[-1]
