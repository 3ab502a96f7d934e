"""Variables that HCL declares one by one: `{ name = "X", value = "y" }`, locals, a file's content.

Sources: the documentation of Terraform's providers for containers and builds (`environment`
blocks), of its `local_file` and `file` provisioner, of Helm's `set`, and of Docker's Bake.
"""

import re
from collections.abc import Iterator

from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Word
from certmend.observe.syntax import pipeline_names, written

_NAMED = lazy.regex(
    r"\b(?:name|key)\b[\"']?\s*[=:]\s*\"(?P<name>[\w.]+)\"[\s,;]*"
    r"\b(?:value|values?_from)\b[\"']?\s*[=:]\s*(?:\"(?P<value>[^\"\n]*)\"|(?P<bare>true|false|\d+)\b)"
)
_SET = lazy.regex(
    r"(?:^|[{,;])[ \t]*\"?(?P<name>[A-Za-z_]\w*)\"?[ \t]*[=:][ \t]*"
    r"(?:\"(?P<value>[^\"\n]*)\"|(?P<bare>true|false|\d+)\b)",
    re.MULTILINE,
)
_DEFAULT = lazy.regex(
    r"\bvariable[ \t]+\"(?P<name>\w+)\"[ \t]*\{(?:[^{}]|\{[^{}]*\})*?\bdefault[ \t]*=[ \t]*"
    r"\"(?P<value>[^\"\n]*)\""
)
_TARGET = lazy.regex(
    r"(?:\b(?:filename|destination|path|dest)\b\s*=\s*\"|^[ \t]*\")(?P<target>[^\"\n]+)\"(?:\s*=)?"
    r"[^{}<]{0,200}?<<[-~]?(?P<mark>[\"']?)(?P<name>[A-Za-z_]\w*)(?P=mark)[ \t]*\n"
    r"(?P<body>.*?)^[ \t]*(?P=name)\b",
    re.DOTALL | re.MULTILINE,
)


def variables(text: Word, plain: str, scope: str) -> Iterator[Assignment]:
    """Variables that are known by their own names, wherever they are declared."""
    for pattern in (_NAMED, _SET, _DEFAULT):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            group = "value" if groups["value"] is not None else "bare"
            name = match["name"].rpartition(".")[2]
            setting = pipeline_names.setting_of(name, match[group])
            known = pipeline_names.CLIENTS.fullmatch(name) and name != "CURL_CA_BUNDLE"
            if known or setting:
                yield Assignment(
                    name=setting or name,
                    value=text.part(*match.span(group)),
                    how=How.ENV,
                    span=text.place(_start(match, group), match.end(group)),
                    scope=scope,
                )


def _start(match: re.Match[str], group: str) -> int:
    """Where a setting begins: at its name, or at a value that stands further down."""
    start = match.start("name")
    is_below = "\n" in match.string[start : match.start(group)]
    return match.start(group) if is_below else start


def files(text: Word, scope: str) -> Iterator[Entry]:
    """Here-documents that become files: their names tell what they say."""
    for match in _TARGET.finditer(text.text) if "<<" in text.text else ():
        target = text.part(*match.span("target"))
        yield from written.entries(target, text.part(*match.span("body")), scope)
