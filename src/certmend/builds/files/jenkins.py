"""Jenkinsfiles, declarative and scripted: a step above the first `sh` that downloads."""

import re
from collections.abc import Iterator

import msgspec

from certmend.builds import jobs
from certmend.builds.build import Build, Patch, Wish
from certmend.builds.jobs import Form, Job, Kept
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document, Span
from certmend.observe.files.jenkinsfile import SKIPPED, STEP
from certmend.observe.syntax.tree import Node

_PLACE = "${env.WORKSPACE_TMP}/pip-ca.pem"
_BLOCK = re.compile(r"\bstage\b[^{}\n]*\{|\bnode\b[^{}\n]*\{")
_AGENT = re.compile(r"\bagent\b")
_CHECKOUT = re.compile(r"\bcheckout\b|\bgit\b\s*(?:\(|url|'|\")")


def patch(document: Document, wish: Wish) -> Patch:
    """The variables, and a script that makes the bundle, once for each agent."""
    declarative = re.search(r"^\s*pipeline\s*\{", document.text, re.MULTILINE) is not None
    setting = f'env.{{name}} = "{_PLACE.replace("{", "{{").replace("}", "}}")}"'
    form = Form(
        place='"$WORKSPACE_TMP/pip-ca.pem"',
        hand_on="",
        declare=f"{{pad}}script {{{{ {setting} }}}}\n" if declarative else f"{{pad}}{setting}\n",
        prepare=('mkdir -p "$WORKSPACE_TMP"',),
        head="{pad}sh '''\n",
        deep=2,
        tail="{pad}'''\n",
        above=_above,
        kept=Kept(
            line='cat "$CORP_CA" >> "${first}"',
            head="{pad}withCredentials([file(credentialsId: 'corp-ca', variable: 'CORP_CA')]) {{\n"
            "{pad}  sh '''\n",
            tail="{pad}  '''\n{pad}}}\n",
            deeper=2,
            note="put the CA, as PEM, into a credential `corp-ca` of the kind Secret file",
        ),
    )
    found = _jobs(document, declarative=declarative)
    return jobs.Maker(Reading(document), wish, form).make(found)


def _jobs(document: Document, *, declarative: bool) -> Iterator[Job]:
    """The whole, and each stage or node that runs on an agent of its own."""
    text = document.text
    bare = SKIPPED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    without = SKIPPED.sub(
        lambda match: match.group() if match["string"] else re.sub(r"[^\n]", " ", match.group()),
        text,
    )
    steps = [
        Node(span=Span(match.start(), match.end()))
        for match in STEP.finditer(without)
        if match["step"] == "sh"
    ]
    own = list(_own_agents(bare, declarative=declarative))
    for name, span in own:
        mine = [one for one in steps if one.span.within(span) and _innermost(one.span, own) == span]
        yield _job(name, span, mine, bare, declarative=declarative)
    rest = [one for one in steps if _innermost(one.span, own) is None]
    yield _job("of this file", Span(0, len(text)), rest, bare, declarative=declarative)


def _job(name: str, span: Span, steps: list[Node], bare: str, *, declarative: bool) -> Job:
    """A declarative pipeline checks out by itself on each agent (`skipDefaultCheckout` off)."""
    job = Job(name=name, span=span, steps=tuple(steps))
    if declarative and "skipDefaultCheckout" not in bare:
        return job
    found = _CHECKOUT.search(bare, span.start, span.end)
    before = [one for one in steps if found is not None and one.span.start < found.start()]
    return msgspec.structs.replace(job, after=len(before) if found is not None else -1)


def _own_agents(bare: str, *, declarative: bool) -> Iterator[tuple[str, Span]]:
    for match in _BLOCK.finditer(bare):
        end = _closed(bare, match.end())
        head = bare[match.end() : end].partition("{")[0]
        if match.group().startswith("node") if not declarative else _AGENT.search(head):
            line = bare.count("\n", 0, match.start()) + 1
            yield f"of line {line}", Span(match.start(), end)


def _closed(bare: str, at: int) -> int:
    depth = 1
    for match in re.finditer(r"[{}]", bare[at:]):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return at + match.end()
    return len(bare)


def _innermost(place: Span, own: list[tuple[str, Span]]) -> Span | None:
    around = [span for _, span in own if place.within(span)]
    return min(around, key=lambda span: span.end - span.start, default=None)


def _above(text: str, step: Node) -> tuple[int, str] | None:
    line = text.rfind("\n", 0, step.span.start) + 1
    indent = text[line : step.span.start]
    return None if indent.strip() else (line, indent)


JENKINS = Build(name="a Jenkinsfile", kinds=("jenkinsfile",), context=False, patch=patch)
