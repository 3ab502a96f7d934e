"""pip's configuration file: pip.conf, and pip.ini on Windows."""

from collections.abc import Iterable

from certmend.model.document import Entry, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import ini_lines, templates
from certmend.observe.syntax.config import in_order, keys


def read(source: Source) -> Iterable[Entry]:
    """The keys, each with its section; a list goes on in indented lines."""
    text = templates.plain(source.text)
    tree = ini_lines.read(text, whole=not source.embedded)
    return in_order(keys("pip", tree, scope=source.scope), ini_lines.comments(text))


PIP_CONF = FileKind(
    name="pip-conf",
    role=Role.CONFIG,
    read=read,
    names=(
        "pip.conf",
        "pip.ini",
        "pip.conf.*",
        "pip.ini.*",
        "*pip.conf",
        "*pip_conf",
        "*pip-conf",
        "*pip.ini",
        "pip-*.conf",
        "pip_*.conf",
    ),
)
