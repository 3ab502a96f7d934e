"""Compose files: the Dockerfiles that they build, and containers that download when they start."""

from certmend.builds import services
from certmend.builds.build import Build, Patch, Wish
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document


def patch(document: Document, wish: Wish) -> Patch:
    """Services of stock images get the bundle and variables; those that are built, a secret."""
    return services.Maker(Reading(document), wish).make()


COMPOSE = Build(name="a compose file", kinds=("compose",), context=False, patch=patch)
