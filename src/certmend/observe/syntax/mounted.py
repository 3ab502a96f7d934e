"""Files that YAML puts somewhere: a text, or keys, beside the place that they go to.

Sources: Ansible's modules that write files; Zero to JupyterHub's `singleuser.extraFiles`; the
Compose specification, "configs".
"""

from collections.abc import Iterator
from functools import cached_property

from certmend.model.document import Entry, Word
from certmend.observe.syntax import config, playbooks, written
from certmend.observe.syntax.tree import Node

_PLACES = (*playbooks.DESTINATIONS, "mountpath")
_TEXTS = (*playbooks.CONTENTS, "stringdata")
_CONDA = ("condarc", ".condarc", ".mambarc")
"""Names of files whose keys may be a mapping's; other clients' are no YAML."""


def entries(node: Node, scope: str) -> Iterator[Entry]:
    """What a mapping writes to the file that it names."""
    if node.text("state") == "absent":
        return  # taken out of the file
    if (target := _place(node)) is None:
        return
    content = next((n for key in _TEXTS if (n := node.get(key)) is not None), None)
    if content is not None:
        for word in content.scalars():
            yield from written.entries(target, word, scope)
    elif (data := node.get("data")) is not None and target.text.rsplit("/", 1)[-1] in _CONDA:
        yield from config.keys("conda", data, scope=scope)


class ForPeople:
    """What a mapping writes, asked once: one of translations has thousands of texts."""

    def __init__(self, node: Node) -> None:
        self._node = node

    @cached_property
    def is_so(self) -> bool:
        """Whether it is documentation."""
        from certmend.observe import kinds

        target = _place(self._node)
        return target is not None and kinds.is_documentation(target.text)


def _place(node: Node) -> Word | None:
    return next((n.scalar for key in _PLACES if (n := node.get(key)) is not None), None)


def configs(node: Node, scope: str) -> Iterator[Entry]:
    """The texts under `configs` of a compose file, as the files that services mount them at."""
    services, held = node.get("services"), node.get("configs")
    if services is None or held is None:
        return
    uses = [use for pair in services.pairs or () if (use := pair.value.get("configs")) is not None]
    mounts = [mount for use in uses for mount in use.items or () if mount.pairs]
    targets = {mount.text("source"): mount.get("target") for mount in mounts}
    for pair in held.pairs or ():
        target, content = targets.get(pair.key.text), pair.value.get("content")
        if target is not None and target.scalar is not None and content is not None:
            for word in content.scalars():
                yield from written.entries(target.scalar, word, scope)
