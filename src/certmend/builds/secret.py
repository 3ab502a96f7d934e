"""The patch of a Dockerfile whose image must not keep the CA: a BuildKit secret for each RUN.

The secret is mounted where BuildKit puts it by default, and named by variables exported in the
same RUN, so that neither a file nor an `ENV` stays. Not mounted over the system's own bundle:
buildah up to 1.28 at least deletes the file under the mount when the RUN ends. The secret is a
bundle of the public roots and the CA, because most of these variables replace the client's own.
"""

import re

from certmend.builds import image, stages, trust, verification
from certmend.builds.build import Patch, Refusal, Wish
from certmend.builds.downloads import Download
from certmend.builds.stages import Stage, Step
from certmend.judge.linting.reading import Reading
from certmend.model.document import Span
from certmend.model.lint import Edit, apply
from certmend.observe.syntax import dockerfile_lines

ID = "ca-bundle"
"""The secret's name."""
_PLACE = f"/run/secrets/{ID}"
_MOUNT = f"--mount=type=secret,id={ID},mode=0444"
_SHEBANG = re.compile(r"#!(?!.*\b(?:sh|bash|dash|ash|zsh)\b)")


class Maker:
    """Goes through the steps that download."""

    def __init__(self, reading: Reading, wish: Wish) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.wish = wish
        self.stages = stages.read(reading)
        self.end = "\r\n" if "\r\n" in self.text else "\n"
        self.joint = f"{dockerfile_lines.escape(self.text)}{self.end}    "
        """What goes on in the next line."""
        self.edits: list[Edit] = []
        self.done: list[str] = []
        self.notes: list[str] = []
        self.refusals: list[Refusal] = []

    def make(self) -> Patch:
        """The whole patch."""
        trusting: set[str] = set()
        for stage in self.stages:
            if not stage.downloads:
                continue
            if stage.base.why_not:
                self.refusals.append(image.refused(stage))
            elif trust.own(self.reading, stage, self.wish.holds):
                self.refusals.append(
                    Refusal(
                        place=f"stage {stage.label}",
                        why="it puts a CA into the image already",
                        hint="take that out first, or leave `--method build-secret` out",
                    )
                )
            else:
                self._stage(stage, trusting)
        again = verification.again(self.reading, lambda one: one.scope in trusting)
        self.done += again.done
        self.notes += again.notes
        made = apply(self.text, [*self.edits, *again.edits])
        if made != self.text:
            self.notes.append(
                f"build it with `docker build --secret id={ID},src=FILE .`; `certmend bundle build "
                "CA -o FILE` makes that file, best outside of the build context"
            )
        return Patch(
            text=made,
            done=tuple(self.done),
            notes=tuple(self.notes),
            refusals=tuple(self.refusals),
        )

    def _stage(self, stage: Stage, trusting: set[str]) -> None:
        for step in stage.steps:
            wanted = [one for one in step.downloads if not one.served]
            if not wanted or f"id={ID}" in step.instruction.flags.get("mount", ""):
                continue
            names = list(dict.fromkeys(_variable(one) for one in wanted if _variable(one)))
            unable = [one.name for one in wanted if not _variable(one)]
            line, _ = self.reading.document.position(step.instruction.span.start)
            if unable:
                which = ", ".join(dict.fromkeys(unable))
                self.notes.append(
                    f"line {line}: {which} takes no CA from a variable, and downloads without it"
                )
            if names and self._mounted(step, names):
                trusting.add(stage.scope)
                self.done.append(f"line {line}: the secret, as {' '.join(names)}")
            elif names:
                self.refusals.append(
                    Refusal(place=f"line {line}", why="no variable can be set in front of it")
                )

    def _mounted(self, step: Step, names: list[str]) -> bool:
        """Mount the secret in a step and set the variables; False where that cannot be done."""
        instruction = step.instruction
        if not instruction.rest.text.strip():
            return False
        pairs = [f"{name}={_PLACE}" for name in names]
        rest = instruction.rest
        at = rest.at[len(rest.text) - len(rest.text.lstrip())]
        exports = f"export {' '.join(pairs)}"
        if rest.text.lstrip().startswith("["):
            inner = self.text.index("[", at) + 1
            words = "".join(f'"{word}", ' for word in ("env", *pairs))
            self.edits += [_put(at, f"{_MOUNT} "), _put(inner, words)]
        elif instruction.bodies and rest.text.lstrip().startswith("<<"):
            body = instruction.bodies[0][1]
            if _SHEBANG.match(body.text) or not body.at:
                return False
            after = body.text.find("\n") + 1 if body.text.startswith("#!") else 0
            self.edits += [_put(at, f"{_MOUNT} "), _put(body.at[after], exports + self.end)]
        else:
            self.edits.append(_put(at, f"{_MOUNT} {self.joint}{exports} && {self.joint}"))
        return True


def _put(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)


def _variable(one: Download) -> str:
    return one.client.variable or one.client.secret
