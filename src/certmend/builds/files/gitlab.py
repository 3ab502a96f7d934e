"""GitLab's pipelines: `before_script` and `script` of a job run in one shell."""

from collections.abc import Iterator

from certmend.builds import jobs, yaml_text
from certmend.builds.build import Build, Patch, Wish
from certmend.builds.jobs import Form, Job, Kept
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document, Span
from certmend.observe.syntax.tree import Node

_FORM = Form(
    place="/tmp/pip-ca.pem",  # noqa: S108  a job's container is its own
    hand_on='export {name}="${first}"',
    head="{pad}- |\n",
    deep=2,
    kept=Kept(
        line='cat "$CORP_CA" >> "${first}"',
        note="put the CA, as PEM, into a variable CORP_CA of type File (Settings, CI/CD)",
    ),
)
_NO_JOBS = frozenset(("variables", "stages", "include", "workflow", "cache", "image", "services"))


def patch(document: Document, wish: Wish) -> Patch:
    """Lines in each job's script, or in the `before_script` that all jobs share."""
    return jobs.Maker(Reading(document), wish, _FORM).make(_jobs(document))


def _jobs(document: Document) -> Iterator[Job]:
    for root in yaml_text.read(document):
        default = root.get("default")
        shared = root.get("before_script") or (default.get("before_script") if default else None)
        image = _image(root) or (_image(default) if default is not None else "")
        every = [
            pair
            for pair in root.pairs or ()
            if pair.key.text not in (*_NO_JOBS, "default") and pair.value.pairs is not None
        ]
        if shared is not None and shared.items:
            heirs = [pair.value for pair in every if pair.value.get("before_script") is None]
            yield Job(
                name="default",
                span=shared.span,
                steps=tuple(shared.items),
                image=image,
                heirs=tuple(step for one in heirs for step in _steps(one)),
            )
        for pair in every:
            node = pair.value
            # The shared lines run first, unless the job has its own.
            inherits = shared is not None and node.get("before_script") is None
            start = shared.span.start if shared is not None and inherits else pair.key.span.start
            yield Job(
                name=pair.key.text,
                span=Span(min(start, pair.key.span.start), node.span.end),
                steps=tuple(_steps(node)),
                image=_image(node) or image,
                inherits=inherits,
            )


def _steps(node: Node) -> Iterator[Node]:
    """The lines of `before_script` and `script`; one text alone is one line."""
    for name in ("before_script", "script"):
        inner = node.get(name)
        if inner is not None:
            yield from inner.items or ([inner] if inner.scalar is not None else [])


def _image(node: Node) -> str:
    inner = node.get("image")
    return node.text("image") or (inner.text("name") if inner is not None else "")


GITLAB = Build(name="a GitLab pipeline", kinds=("gitlab-ci",), context=False, patch=patch)
