"""Where the jobs of a pipeline and the services of a compose file run: images and containers."""

from collections.abc import Mapping

from certmend.model.document import Word
from certmend.observe.syntax.tree import Node, Pair


def is_build(node: Node) -> bool:
    """Whether a mapping is a service's build, under whatever key: `x-build: &build`."""
    return node.get("context") is not None or node.get("dockerfile") is not None


def image(pair: Pair) -> str:
    """The image that a job or a step runs in."""
    if pair.key.text not in ("image", "container"):
        return ""
    value = pair.value
    return value.scalar.text if value.scalar is not None else value.text("name")


def of_container(node: Node) -> dict[str, Word]:
    """The variables of the container that a job's steps run in, as GitHub and CircleCI have it."""
    held = (node.get("container") or node.get("docker")) if node.get("steps") else None
    first = next(iter(held.items or ()), held) if held is not None else None
    declared = (first.get("environment") or first.get("env")) if first is not None else None
    values = ((pair.key.text, pair.value.scalar) for pair in (declared and declared.pairs) or ())
    return {name: value for name, value in values if value is not None}


def inherited(node: Node, environment: Mapping[str, Word]) -> Mapping[str, Word]:
    """The variables around a job that it takes over. Source: GitLab's reference, `inherit`."""
    inherit = node.get("inherit")
    taken = inherit.get("variables") if inherit is not None else None
    if taken is None or (taken.scalar is not None and taken.scalar.text != "false"):
        return environment
    names = {word.text for word in taken.scalars()}
    return {name: value for name, value in environment.items() if name in names}
