"""pipx: the pip of its shared environment, which reads pip's own files and variables."""

from certmend.model.client import ClientFacts
from certmend.model.plan import Step
from certmend.remedy import pips, pointing
from certmend.remedy.ground import Ground, Scope
from certmend.remedy.target import Target, Wish


def trust(client: ClientFacts, wish: Wish, ground: Ground) -> tuple[Step, ...]:
    """As pip's, in the files that are read in every environment."""
    pointing.scope(client, ground, Scope.USER, Scope.SYSTEM)
    return pips.trust(client, wish, ground)


PIPX = Target(name="pipx", trust=trust, trust_host=pips.trust_host)
