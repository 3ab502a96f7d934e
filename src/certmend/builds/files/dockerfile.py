"""Dockerfiles and Containerfiles."""

from certmend.builds import image, secret
from certmend.builds.build import Build, Patch, Way, Wish
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document


def patch(document: Document, wish: Wish) -> Patch:
    """Each stage that downloads gets the CA before it does, and its clients what they read."""
    reading = Reading(document)
    if wish.way is Way.SECRET:
        return secret.Maker(reading, wish).make()
    return image.Maker(reading, wish).make()


DOCKERFILE = Build(name="a Dockerfile", kinds=("dockerfile",), context=True, patch=patch)
