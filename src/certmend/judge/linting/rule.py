"""The type of a lint rule, and the decorator that makes one of a checking function.

A rule is a file of its own: its name is the slug, its docstring the page.
"""

import inspect
from collections.abc import Callable, Iterable

import msgspec

from certmend.judge.linting.reading import Reading
from certmend.judge.linting.sieve import Needs
from certmend.model.document import Role, Span
from certmend.model.finding import Severity
from certmend.model.lint import Fault, Fix

Check = Callable[[Reading], Iterable["Hit"]]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule saw, before it is stamped with the rule."""

    span: Span
    message: str
    why: str = ""
    advice: str = ""
    fix: Fix | None = None
    severity: Severity | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its slug, its page, the cause it belongs to, and how it is checked."""

    slug: str
    page: str
    code: str
    severity: Severity
    strict: bool
    """Whether a warning is an error in CI and in images."""
    needs: Needs
    """What a file with a finding of it holds."""
    roles: tuple[Role, ...]
    """The roles of files that it looks into; none means all."""
    kinds: tuple[str, ...]
    """The kinds of files, likewise."""
    check: Check

    def reads(self, role: Role, kind: str) -> bool:
        """Whether it looks into files of this role and kind."""
        return (not self.roles or role in self.roles) and (not self.kinds or kind in self.kinds)

    def faults(self, reading: Reading) -> Iterable[Fault]:
        """What the rule finds in a document, each place once."""
        document = reading.document
        if not self.reads(document.role, document.kind):
            return
        raised = self.strict and document.role in (Role.CI, Role.IMAGE)
        severity = Severity.ERROR if raised else self.severity
        seen: set[Span] = set()
        for hit in self.check(reading):
            if hit.span not in seen:
                seen.add(hit.span)
                yield Fault(
                    rule=self.slug,
                    code=self.code,
                    severity=hit.severity or severity,
                    span=hit.span,
                    message=hit.message,
                    why=hit.why,
                    advice=hit.advice,
                    fix=hit.fix,
                )


def rule(
    *,
    literals: Iterable[str] = (),
    together: Iterable[tuple[tuple[str, ...], ...]] = (),
    code: str = "",
    severity: Severity = Severity.WARNING,
    strict: bool = False,
    roles: Iterable[Role] = (),
    kinds: Iterable[str] = (),
) -> Callable[[Check], Rule]:
    """Make a `Rule` of a checking function; the slug comes from the file's name."""

    def make(check: Check) -> Rule:
        module = inspect.getmodule(check)
        if module is None or not module.__doc__:
            raise TypeError("a rule needs a module with its page as docstring")
        return Rule(
            slug=module.__name__.rsplit(".", 1)[-1].replace("_", "-"),
            page=module.__doc__,
            code=code,
            severity=severity,
            strict=strict,
            needs=Needs(
                frozenset(literals),
                frozenset(tuple(map(frozenset, groups)) for groups in together),
            ),
            roles=tuple(roles),
            kinds=tuple(kinds),
            check=check,
        )

    return make
