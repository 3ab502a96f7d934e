"""Workflows of GitHub Actions, and composite actions."""

from collections.abc import Iterator

from certmend.builds import jobs, yaml_text
from certmend.builds.build import Build, Patch, Wish
from certmend.builds.jobs import TITLE, Form, Job, Kept
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document, Span
from certmend.observe.syntax.tree import Node

_FORM = Form(
    place='"$RUNNER_TEMP/pip-ca.pem"',
    hand_on='echo "{name}=${first}" >> "$GITHUB_ENV"',
    head=f"{{pad}}- name: {TITLE}\n{{pad}}  shell: sh\n{{pad}}  run: |\n",
    deep=4,
    kept=Kept(
        line='printf "%s\\n" "${{CORP_CA:?}}" >> "${first}"',
        head=f"{{pad}}- name: {TITLE}\n{{pad}}  env:\n"
        "{pad}    CORP_CA: ${{{{ vars.CORP_CA }}}}\n{pad}  shell: sh\n{pad}  run: |\n",
        note="put the CA, as PEM, into the variable CORP_CA (Settings, Secrets and variables, "
        "Actions, Variables)",
    ),
)
_OTHERS = ("windows", "macos")


def patch(document: Document, wish: Wish) -> Patch:
    """A step in each job, which hands the variables on to the steps behind it."""
    return jobs.Maker(Reading(document), wish, _FORM).make(_jobs(document))


def _jobs(document: Document) -> Iterator[Job]:
    for root in yaml_text.read(document):
        every = root.get("jobs")
        for pair in (every.pairs if every is not None else None) or ():
            steps = pair.value.get("steps")
            if steps is not None and steps.items:
                span = Span(pair.key.span.start, pair.value.span.end)
                yield _job(pair.key.text, span, pair.value, steps.items, root)
        runs = root.get("runs")
        steps = runs.get("steps") if runs is not None else None
        if steps is not None and steps.items:
            yield Job(name=root.text("name") or "action", span=root.span, steps=tuple(steps.items))


def _job(name: str, span: Span, node: Node, steps: list[Node], root: Node) -> Job:
    checkouts = [number for number, one in enumerate(steps, 1) if "/checkout@" in one.text("uses")]
    container = node.get("container")
    image = node.text("container") or (container.text("image") if container is not None else "")
    runner = node.get("runs-on")
    words = " ".join(word.text for word in (runner.scalars() if runner is not None else []))
    return Job(
        name=name,
        span=span,
        steps=tuple(steps),
        image=image,
        after=checkouts[0] if checkouts else -1,
        why_not=_why_not(words, node, root),
    )


def _why_not(runner: str, node: Node, root: Node) -> str:
    if any(one in runner.lower() for one in _OTHERS):
        return f"it runs on {runner}: the step is written for Linux"
    if "${{" in runner and any(
        one in " ".join(yaml_text.texts(node.get("strategy"))).lower() for one in _OTHERS
    ):
        return "it runs on more systems than Linux: the step is written for that alone"
    for one in (node, root):
        defaults = one.get("defaults")
        run = defaults.get("run") if defaults is not None else None
        if run is not None and run.get("working-directory") is not None:
            return "its steps run in a folder of their own (`working-directory`)"
    return ""


GITHUB = Build(name="a workflow", kinds=("github-actions",), context=False, patch=patch)
