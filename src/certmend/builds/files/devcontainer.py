"""devcontainer.json: the Dockerfile that it builds, or the bundle in a stock image."""

import re

from certmend.builds import containers, families, yaml_text
from certmend.builds.build import Build, Patch, Refusal, Wish
from certmend.judge.linting.reading import Reading
from certmend.model.document import Document, Span, whole
from certmend.model.lint import Edit, apply
from certmend.model.text import visible
from certmend.observe.syntax import json_tree
from certmend.observe.syntax.tree import Node


def patch(document: Document, wish: Wish) -> Patch:
    """The bundle is mounted, and the variables of what is typed in such a container are set."""
    word = whole(document.text)
    roots = json_tree.read(word.part(1, len(word.text)) if word.text[:1] == "\ufeff" else word)
    root = roots[0] if roots and roots[0].pairs else None
    if root is None:
        return Patch(text=document.text)
    if built := _built(root):
        return Patch(text=document.text, builds=built)
    if not root.text("image"):
        compose = root.get("dockerComposeFile")
        names = [visible(word.text, 200) for word in (compose.scalars() if compose else [])]
        other = f"fix what it names: {', '.join(names)}" if names else "it names no image"
        return Patch(text=document.text, notes=(other,))
    return _stock(Reading(document), root, wish)


def _built(root: Node) -> tuple[tuple[str, str], ...]:
    """The Dockerfile that it names; what a compose file builds is fixed by naming that file."""
    build = root.get("build")
    dockerfile = (build.text("dockerfile") if build is not None else "") or root.text("dockerFile")
    if not dockerfile:
        return ()
    context = (build.text("context") if build is not None else "") or root.text("context") or "."
    return ((dockerfile, context),)


def _stock(reading: Reading, root: Node, wish: Wish) -> Patch:
    text = reading.document.text
    seen = containers.look(reading, root.span, root.text("image"), families.named(wish.family))
    there = [one.name.upper() for one in reading.variables]
    seen = containers.interactive(seen, there)
    system = seen.system
    if system is None:
        hint = "Say it with `--family debian` (or alpine, rhel, arch, suse)."
        refusal = Refusal(place="the container", why=seen.why_not, hint=hint)
        return Patch(text=text, refusals=(refusal,))
    mounted = system.bundle in text
    edits: list[Edit] = []
    done: list[str] = []
    if not mounted:
        source = (
            f"${{localWorkspaceFolder}}/{_folder(reading.document)}{wish.bundle or 'ca-bundle.pem'}"
        )
        mount = f'"source={source},target={system.bundle},type=bind,readonly"'
        edits.append(_added(text, root, "mounts", mount, "[]"))
        done.append("the bundle, mounted over the image's own")
    if seen.names:
        pairs = ", ".join(f'"{name}": "{system.bundle}"' for name in seen.names)
        edits.append(_added(text, root, "containerEnv", pairs, "{}"))
        done.append(" ".join(seen.names))
    return Patch(
        text=apply(text, _joined(edits)),
        done=tuple(done),
        wants_ca=not mounted and not wish.bundle,
        wants_bundle=not mounted,
    )


def _folder(document: Document) -> str:
    """Where the file lies in its project, with a slash."""
    parts = re.split(r"[/\\]", document.path)
    folder = [part for part in parts[:-1] if part not in ("", ".")]
    at = next((n for n, part in enumerate(folder) if part == ".devcontainer"), None)
    return "".join(f"{part}/" for part in folder[at:]) if at is not None else ""


def _added(text: str, root: Node, key: str, value: str, brackets: str) -> Edit:
    """The value in a list or object, as its first; a new one in front where there is none."""
    end = yaml_text.line_end(text)
    there = root.get(key)
    if there is not None:
        inner = text.index(brackets[0], there.span.start) + 1
        own_lines = re.match(r"[ \t]*(\r?\n[ \t]*)(?=\S)", text[inner:])
        if (there.items or there.pairs) and own_lines:
            return Edit(Span(inner, inner), f"{own_lines[1]}{value},")
        more = ", " if (there.items or there.pairs) else ""
        return Edit(Span(inner, inner), f"{value}{more}")
    first = (root.pairs or [])[0].key.span.start
    indent = text[text.rfind("\n", 0, first) + 1 : first]
    gap = f"{end}{indent}" if not indent.strip() else " "
    return Edit(Span(first, first), f'"{key}": {brackets[0]}{value}{brackets[1]},{gap}')


def _joined(edits: list[Edit]) -> list[Edit]:
    """Edits at one place, made one."""
    found: dict[Span, str] = {}
    for one in edits:
        found[one.span] = found.get(one.span, "") + one.text
    return [Edit(span, text) for span, text in found.items()]


DEVCONTAINER = Build(name="devcontainer.json", kinds=("devcontainer",), context=False, patch=patch)
