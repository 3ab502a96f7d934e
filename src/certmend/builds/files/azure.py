"""Azure Pipelines: lists of steps at the top, in jobs, in stages and deployments."""

from collections.abc import Iterator

from certmend.builds import jobs, yaml_text
from certmend.builds.build import Build, Patch, Wish
from certmend.builds.jobs import TITLE, Form, Job, Kept
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document
from certmend.observe.syntax.tree import Node

_FORM = Form(
    place='"$AGENT_TEMPDIRECTORY/pip-ca.pem"',
    hand_on='echo "##vso[task.setvariable variable={name}]${first}"',
    head="{pad}- bash: |\n",
    deep=4,
    tail=f"{{pad}}  displayName: {TITLE}\n",
    kept=Kept(
        line='cat "$CORP_CA" >> "${first}"',
        head="{pad}- task: DownloadSecureFile@1\n{pad}  name: corpCa\n{pad}  inputs:\n"
        "{pad}    secureFile: corp-ca.crt\n{pad}- bash: |\n",
        tail=f"{{pad}}  displayName: {TITLE}\n"
        "{pad}  env:\n{pad}    CORP_CA: $(corpCa.secureFilePath)\n",
        note="put the CA, as PEM, into a secure file corp-ca.crt (Pipelines, Library)",
    ),
)


def patch(document: Document, wish: Wish) -> Patch:
    """A step in each job, which sets the variables for the steps behind it."""
    return jobs.Maker(Reading(document), wish, _FORM).make(
        job for root in yaml_text.read(document) for job in _jobs(root, "", "")
    )


def _jobs(node: Node, name: str, pool: str) -> Iterator[Job]:
    name = node.text("job") or node.text("deployment") or node.text("stage") or name
    inner = node.get("pool")
    pool = (inner.text("vmImage") if inner is not None else "") or pool
    for pair in node.pairs or ():
        if pair.key.text == "steps" and pair.value.items:
            yield _job(name or "of this file", node, pair.value.items, pool)
        else:
            yield from _jobs(pair.value, name, pool)
    for item in node.items or ():
        yield from _jobs(item, name, pool)


def _job(name: str, node: Node, steps: list[Node], pool: str) -> Job:
    nothing = any(one.text("checkout") == "none" for one in steps)
    checkouts = [number for number, one in enumerate(steps, 1) if one.get("checkout") is not None]
    # A pool that a matrix names: whatever system the job mentions may be meant.
    said = " ".join(
        [pool, *yaml_text.texts(node.get("strategy"))] if "$" in pool else [pool]
    ).lower()
    other = next((one for one in ("windows", "macos") if one in said), "")
    return Job(
        name=name,
        span=node.span,
        steps=tuple(steps),
        image=node.text("container"),
        after=-1 if nothing else (checkouts[0] if checkouts else 0),
        why_not=f"it runs on {other}: the step is written for Linux" if other else "",
    )


AZURE = Build(name="an Azure pipeline", kinds=("azure-pipelines",), context=False, patch=patch)
