"""The patch of a compose file: bundles for stock images, a secret for those that are built."""

import re

from certmend.builds import containers, families, verification, yaml_text
from certmend.builds.build import Patch, Refusal, Way, Wish
from certmend.builds.secret import ID
from certmend.judge.linting.reading import Reading
from certmend.model.document import Span
from certmend.model.lint import Edit, apply
from certmend.model.text import visible
from certmend.observe.syntax.tree import Node, Pair

_NOTHING = re.compile(
    r"\"?[ \t]*:(?:[ \t]*(?:\{[ \t]*\}|\[[ \t]*\]|~|null))?(?=[ \t]*(?:#.*)?\r?(?:\n|\Z))"
)


class Maker:
    """Goes through the services."""

    def __init__(self, reading: Reading, wish: Wish) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.wish = wish
        self.end = yaml_text.line_end(self.text)
        self.edits: list[Edit] = []
        self.done: list[str] = []
        self.notes: list[str] = []
        self.refusals: list[Refusal] = []
        self.builds: list[tuple[str, str]] = []
        self.trusting: set[str] = set()
        self.mounts = False
        self.secret = False

    def make(self) -> Patch:
        """The whole patch."""
        for root in yaml_text.read(self.reading.document):
            services = root.get("services")
            for pair in (services.pairs if services is not None else None) or ():
                build = yaml_text.pair(pair.value, "build")
                if build is not None:
                    self._built(pair, build)
                elif pair.value.text("image"):
                    self._stock(pair)
            if self.secret:
                self._declared(root)
                self.secret = False
        again = verification.again(self.reading, lambda one: one.scope in self.trusting)
        return Patch(
            text=apply(self.text, [*self.edits, *again.edits]),
            done=(*self.done, *again.done),
            notes=(*self.notes, *again.notes),
            refusals=tuple(self.refusals),
            wants_ca=self.mounts and not self.wish.bundle,
            wants_bundle=self.mounts,
            builds=tuple(dict.fromkeys(self.builds)),
        )

    def _built(self, service: Pair, build: Pair) -> None:
        node = build.value
        context = node.text("context") or (node.scalar.text if node.scalar is not None else ".")
        dockerfile = node.text("dockerfile") or "Dockerfile"
        self.trusting.add(f"services:{service.key.text}")
        if not re.search(r"[$:]", context + dockerfile):
            self.builds.append((f"{context.rstrip('/')}/{dockerfile}", context))
        if self.wish.way is Way.SECRET and node.get("secrets") is None:
            self._secret(service, build)

    def _secret(self, service: Pair, build: Pair) -> None:
        """Hand the secret to the build of a service."""
        name, node = visible(service.key.text), build.value
        found = yaml_text.above_pair(self.text, node.pairs[0] if node.pairs else build)
        plain = (
            node.scalar is not None and node.scalar.text and yaml_text.is_one_line(self.text, build)
        )
        if found is None or not (node.pairs or plain):
            self.notes.append(f"service {name}: add `secrets: [{ID}]` to its `build`")
            return
        at, indent = found
        if node.pairs:
            self._put(at, indent, "secrets:")
            self._put(at, indent, f"  - {ID}")
        elif node.scalar is not None:
            inner = f"{self.end}{indent}  "
            written = self.text[node.span.start : node.span.end]
            place = Span(build.key.span.end, node.span.end)
            text = f":{inner}context: {written}{inner}secrets:{inner}  - {ID}"
            self.edits.append(Edit(place, text))
        self.secret = True
        self.done.append(f"service {name}: the secret for its build")

    def _declared(self, root: Node) -> None:
        """The secret among those of the file."""
        there = root.get("secrets")
        if there is not None and there.get(ID) is not None:
            return
        lines = [f"  {ID}:", f"    file: ./{ID}.pem"]
        if there is None:
            gap = "" if self.text.endswith("\n") else self.end
            text = f"{gap}secrets:{self.end}" + "".join(f"{line}{self.end}" for line in lines)
            self.edits.append(Edit(Span(len(self.text), len(self.text)), text))
        elif there.pairs and (found := yaml_text.above_pair(self.text, there.pairs[0])):
            for line in lines:
                self._put(found[0], found[1][:-2], line)
        self.notes.append(f"`certmend bundle build CA -o {ID}.pem` makes the file of the secret")

    def _stock(self, service: Pair) -> None:
        name, node = visible(service.key.text), service.value
        span = Span(service.key.span.start, node.span.end)
        seen = containers.look(
            self.reading, span, node.text("image"), families.named(self.wish.family)
        )
        if not seen.clients:
            return
        mounted = seen.system is not None and seen.system.bundle in self.text[span.start : span.end]
        if mounted and not seen.names:
            self.trusting.add(f"services:{service.key.text}")
            return
        place = yaml_text.pair(node, "image")
        below = yaml_text.below_pair(self.text, place) if place is not None else None
        if seen.system is None or seen.why_not or below is None:
            why = seen.why_not or "it is not written line by line"
            self.refusals.append(
                Refusal(place=f"service {name}", why=f"it downloads with {seen.clients}, but {why}")
            )
            return
        bundle = seen.system.bundle
        variables = [(one, bundle) for one in seen.names]
        if not mounted:
            mount = f"./{self.wish.bundle or 'ca-bundle.pem'}:{bundle}:ro"
            self._add(node, "volumes", [mount], below)
            self.mounts = True
        self._add(node, "environment", variables, below)
        self.trusting.add(f"services:{service.key.text}")
        what = [*([] if mounted else ["the bundle"]), *([" ".join(seen.names)] * bool(seen.names))]
        self.done.append(f"service {name}: {' and '.join(what)}, before {seen.clients}")

    def _add(
        self,
        node: Node,
        key: str,
        values: "list[str] | list[tuple[str, str]]",
        below: tuple[int, str],
    ) -> None:
        """Put values into a list or mapping of a service, or a new one below its image."""
        pair = yaml_text.pair(node, key)
        there = pair.value if pair is not None else None
        lines = [f"- {one}" if isinstance(one, str) else ": ".join(one) for one in values]
        if not values:
            return
        if there is not None and (there.items or there.pairs):
            self._join(there, values)
        elif pair is not None and (found := yaml_text.above_pair(self.text, pair)):
            self._empty(pair, found[1], lines)
        else:
            at, indent = below
            self._put(at, indent, f"{key}:")
            for line in lines:
                self._put(at, f"{indent}  ", line)

    def _join(self, there: Node, values: "list[str] | list[tuple[str, str]]") -> None:
        """The values in front of those that are there, written as these are."""
        listed = bool(there.items)
        plain = [
            one if isinstance(one, str) else ("=" if listed else ": ").join(one) for one in values
        ]
        first = yaml_text.above_item(self.text, there.items[0]) if there.items else None
        if there.pairs:
            first = yaml_text.above_pair(self.text, there.pairs[0])
        if self.text[there.span.start] in "[{":
            inner = there.span.start + 1
            quoted = [f'"{one}"' if listed else one for one in plain]
            self.edits.append(Edit(Span(inner, inner), "".join(f"{one}, " for one in quoted)))
        elif first is not None:
            for one in plain:
                self._put(first[0], first[1], f"- {one}" if listed else one)
        else:
            self.notes.append(f"add {', '.join(plain)} yourself: its lines cannot be told")

    def _empty(self, pair: Pair, indent: str, lines: list[str]) -> None:
        """A key without a value, or with empty brackets, gets its first."""
        start = pair.key.span.end
        stop = self.text.find("\n", start)
        stop = len(self.text) if stop < 0 else stop + 1
        match = _NOTHING.match(self.text, start, stop)
        if match is None:
            self.notes.append(f"add {', '.join(lines)} to `{pair.key.text}` yourself")
            return
        self.edits.append(Edit(Span(start, match.end()), ":"))
        for line in lines:
            self._put(stop, f"{indent}  ", line)

    def _put(self, at: int, indent: str, line: str) -> None:
        span = Span(at, at)
        gap = self.end if at == len(self.text) and not self.text.endswith("\n") else ""
        text = f"{gap}{indent}{line}{self.end}"
        there = next((one for one in self.edits if one.span == span), None)
        if there is not None:
            self.edits.remove(there)
            text = there.text + text
        self.edits.append(Edit(span, text))
