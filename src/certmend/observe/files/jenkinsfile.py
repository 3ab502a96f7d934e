"""Jenkinsfiles: the steps `sh`, `bat` and `powershell`, and the variables of `environment`."""

import re
from collections.abc import Iterable, Iterator

from certmend.model import lazy
from certmend.model.document import Assignment, Comment, Entry, How, Role, Word
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import groovy_texts, written
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.groovy_blocks import Blocks, Path
from certmend.observe.syntax.shell import Shell
from certmend.observe.syntax.shell_tokens import joined

_STRING = r"(?P<quote>'''|\"\"\"|'|\")(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"
SKIPPED = lazy.regex(
    r"(?P<string>'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")"
    r"|//(?P<line>[^\n]*)|/\*(?P<block>.*?)\*/",
    re.DOTALL,
)
"""A string, which stays, or a comment."""
_BEFORE_SCRIPT = (
    r"\b(?P<step>sh|bat|powershell|pwsh)\b[ \t]*\(?\s*"
    r"(?:[\[(]?\s*(?:\w+\s*:\s*(?:\w+|'[^'\n]*'|\"[^\"\n]*\")\s*,\s*)*script\s*:\s*)?"
)
STEP = lazy.regex(_BEFORE_SCRIPT + _STRING, re.DOTALL)
"""A step that runs a script, and the script."""
_NAMED_STEP = lazy.regex(_BEFORE_SCRIPT + r"(?P<name>[A-Za-z_]\w*)(?![\w.(:=]|\s*[:=(])")
_NAMED = lazy.regex(r"\b(?P<name>[A-Za-z_]\w*)[ \t]*=[ \t]*" + _STRING, re.DOTALL)
_VARIABLE = lazy.regex(
    r"(?:^|(?<=[{;]))[ \t]*(?:env\.)?(?P<name>[A-Z][A-Z0-9_]{2,})[ \t]*=[ \t]*"
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>true|false|\d+)\b)",
    re.MULTILINE,
)
_MORE = lazy.regex(r"[ \t]*\+\s*(?:" + _STRING + r"|(?P<name>[A-Za-z_][\w.]*)(?![\w(]))", re.DOTALL)
"""What a script is put together with."""
_WITH_ENV = lazy.regex(r"withEnv\(\s*\[(?P<items>.*?)\]", re.DOTALL)
_ITEM = lazy.regex(r"(['\"])(?P<name>\w+)=(?P<value>.*?)\1")
_IMAGE = lazy.regex(
    r"\b(?:docker\.build|additionalBuildArgs|buildArgs|args)\b[^\n]*?(?P<args>--build-arg[^'\"\n]*)"
)
_CONTAINER = lazy.regex(r"(?:\.(?:inside|withRun|run)|\bargs)\b[ \t]*[:(]?\s*" + _STRING, re.DOTALL)
"""What `docker run` is given for a container."""
_POD = lazy.regex(
    r"\byaml\b[ \t]*[:(=]?\s*(?:(?P<quote>'''|\"\"\")(?P<text>.*?)(?P=quote)"
    r"|(?P<name>[A-Za-z_]\w*)(?![\w.(]))",
    re.DOTALL,
)
"""The pod of an agent, as Kubernetes takes it."""
_OF_POD = lazy.regex(r"\b(?:envVar|containerEnvVar)\b[ \t]*\(?(?P<given>[^()\n]*)")
_GIVEN = lazy.regex(r"\b(?P<name>key|value)\s*:\s*(?P<quote>['\"])(?P<text>[^'\"\n]*)(?P=quote)")
_ESCAPED = lazy.regex(r"\\(?P<mark>[\\$'\"]|\r?\n)")
_SUFFIXES = {"bat": "x.bat", "powershell": "x.ps1", "pwsh": "x.ps1"}


def read(source: Source) -> Iterable[Entry]:
    """Scripts and variables; a comment of Groovy is not looked into."""
    word = source.text
    comments: list[Comment] = []
    text = SKIPPED.sub(lambda match: _without(match, word, comments), word.text)
    blocks = Blocks(text)
    found: list[Entry] = []
    held: dict[Path, dict[str, Word]] = {}
    for one in (*_variables(word, text, blocks), *_with_env(word, text, blocks)):
        found.append(one)
        held.setdefault(one.inside or (), {})[one.name] = one.value
    named = {
        match["name"]: word.part(match.start("text"), match.end("text"))
        for match in _NAMED.finditer(text)
    }
    for at, step, script in _scripts(word, text, named):
        environment = _in_force(blocks.around(at), held)
        if name := _SUFFIXES.get(step):
            read_script = written.read_as(name, script, source.scope)
            found += written.under(environment, read_script)
        else:
            found += Shell(source.scope, environment, named).run(script)
    for at, target, content in groovy_texts.writes(word, text, named):
        environment = _in_force(blocks.around(at), held)
        found += written.under(environment, written.entries(target, content, source.scope))
    for match in _IMAGE.finditer(text):
        arguments = word.part(match.start("args"), match.end("args"))
        found += Shell(source.scope).run(_command("docker build ", arguments))
    found += _containers(word, text, source.scope)
    found += _pods(word, text, named, source.scope)
    return in_order(found, comments)


def _in_force(path: Path, held: dict[Path, dict[str, Word]]) -> dict[str, Word]:
    """The variables of the blocks around a place; an inner one's count."""
    around = [held.get(path[:depth], {}) for depth in range(len(path) + 1)]
    return {name: value for one in around for name, value in one.items()}


def _containers(word: Word, text: str, scope: str) -> Iterator[Entry]:
    """The variables that an agent's container is started with."""
    for match in _CONTAINER.finditer(text):
        if "-e" in match["text"]:
            arguments = word.part(match.start("text"), match.end("text"))
            yield from Shell(scope).run(_command("docker run ", arguments))


def _pods(word: Word, text: str, named: dict[str, Word], scope: str) -> Iterator[Entry]:
    """The pods of agents, and the variables of their containers."""
    for match in _POD.finditer(text):
        if match["name"] is None:
            pod: Word | None = word.part(match.start("text"), match.end("text"))
        else:
            pod = named.get(match["name"])
        if pod is not None and "\n" in pod.text:
            yield from written.read_as("pod.yaml", pod, scope)
    for match in _OF_POD.finditer(text):
        given = {one["name"]: one for one in _GIVEN.finditer(text, *match.span("given"))}
        if len(given) == 2:
            value = word.part(*given["value"].span("text"))
            span = word.place(match.start(), match.end())
            yield Assignment(
                name=given["key"]["text"], value=value, how=How.ENV, span=span, scope=scope
            )


def _scripts(word: Word, text: str, named: dict[str, Word]) -> Iterable[tuple[int, str, Word]]:
    """Where each step is that runs a script, and the script: written there, or by its name."""
    for match in STEP.finditer(text):
        pieces = [word.part(match.start("text"), match.end("text"))]
        end = match.end()
        while more := _MORE.match(text, end):
            pieces.append(_piece(word, more, named))
            end = more.end()
        script = joined(pieces, "", pieces[0].span) if pieces[1:] else pieces[0]
        if match["quote"][0] == '"':
            script = groovy_texts.inserted(script, named)
        yield match.start(), match["step"], _unescaped(script)
    for match in _NAMED_STEP.finditer(text):
        if match["name"] in named:
            yield match.start(), match["step"], _unescaped(named[match["name"]])


def _piece(word: Word, more: re.Match[str], named: dict[str, Word]) -> Word:
    """A text that another is added to; a name whose text is not known stands in braces."""
    if more["name"] is None:
        return word.part(more.start("text"), more.end("text"))
    place = word.part(more.start("name"), more.end("name"))
    text = "${" + place.text + "}"
    unknown = Word(text=text, at=[place.span.start] * len(text), span=place.span, dynamic=True)
    return named.get(more["name"], unknown)


def _without(match: re.Match[str], word: Word, comments: list[Comment]) -> str:
    """Blank a comment out, and keep it."""
    if match["string"] is not None:
        return match.group()
    group = "line" if match["line"] is not None else "block"
    comments.append(
        Comment(
            text=word.part(match.start(group), match.end(group)), span=word.place(*match.span())
        )
    )
    return re.sub(r"[^\n]", " ", match.group())


def _variables(word: Word, text: str, blocks: Blocks) -> Iterable[Assignment]:
    for match in _VARIABLE.finditer(text):
        group = match.lastgroup or "double"
        yield Assignment(
            name=match["name"], value=word.part(match.start(group), match.end(group)), how=How.ENV,
            span=word.place(match.start("name"), match.end()),
            inside=blocks.declared(match.start("name")),
        )  # fmt: skip


def _with_env(word: Word, text: str, blocks: Blocks) -> Iterable[Assignment]:
    for block in _WITH_ENV.finditer(text):
        inside = blocks.behind(block.end())
        for item in _ITEM.finditer(text, block.start("items"), block.end("items")):
            value = word.part(item.start("value"), item.end("value"))
            span = word.place(item.start(), item.end())
            yield Assignment(name=item["name"], value=value, how=How.ENV, span=span, inside=inside)


def _command(begin: str, arguments: Word) -> Word:
    return Word(
        text=begin + arguments.text,
        at=[*([arguments.span.start] * len(begin)), *arguments.at],
        span=arguments.span,
    )


def _unescaped(script: Word) -> Word:
    r"""A script with Groovy's escapes carried out: `\\` before a line end goes on with the line.

    Source: the Groovy documentation, "Syntax", 4.1 and 4.3.
    """
    if "\\" not in script.text:
        return script
    pieces: list[Word] = []
    last = 0
    for match in _ESCAPED.finditer(script.text):
        pieces.append(script.part(last, match.start()))
        if "\n" not in match["mark"]:
            pieces.append(script.part(*match.span("mark")))
        last = match.end()
    return joined([*pieces, script.part(last, len(script.text))], "", script.span)


JENKINSFILE = FileKind(
    name="jenkinsfile",
    role=Role.CI,
    read=read,
    names=("jenkinsfile", "jenkinsfile.*", "jenkinsfile-*", "*.jenkinsfile", "*jenkinsfile*"),
    suffixes=(".groovy",),
    comment="//",
)
