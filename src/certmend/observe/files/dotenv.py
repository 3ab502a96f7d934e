"""Files of variables: .env, /etc/environment, and what a pipeline's step appends to its own."""

import re
from collections.abc import Iterable, Iterator

from certmend.model.document import Assignment, Entry, How, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import yaml_tree
from certmend.observe.syntax.config import in_order

_LINE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*"
    r"(?P<quote>['\"]?)(?P<value>.*?)(?P=quote)[ \t]*(?:[ \t]#.*)?\r?$",
    re.MULTILINE,
)


def read(source: Source) -> Iterable[Entry]:
    """One assignment a line; quotes and a comment after a blank do not belong to the value."""
    return in_order(_assignments(source), yaml_tree.comments(source.text))


def _assignments(source: Source) -> Iterator[Entry]:
    text = source.text
    for match in _LINE.finditer(text.text):
        yield Assignment(
            name=match["name"],
            value=text.part(match.start("value"), match.end("value")),
            how=How.ENV,
            span=text.place(match.start("name"), match.end()),
            removal=None if source.embedded else text.place(match.start(), match.end() + 1),
            scope=source.scope,
        )


DOTENV = FileKind(
    name="dotenv",
    role=Role.CONFIG,
    read=read,
    names=(
        ".env", ".env.*", "*.env", "environment", "$github_env", "${github_env}", "$bash_env",
        "$env:github_env", "env.sample", "env.example", "env.template", "env.dist", "env.local",
        "dotenv",
    ),
    paths=("environment.d/*.conf",),
)  # fmt: skip
