"""Comments are made only in files that a rule about comments looks for (`document.HEEDED`)."""

import inspect
import sys

from certmend.judge.linting import engine
from certmend.model.document import Comment, heeded


def test_comments_are_made_wherever_a_rule_looks_at_them():
    about = [rule for rule in engine.rules() if looks_at_comments(rule)]
    assert about
    for rule in about:
        single = {text for text in rule.needs.single if not heeded(text)}
        groups = [one for one in rule.needs.together if not any(all(map(heeded, g)) for g in one)]
        assert (single, groups) == (set(), []), f"add what {rule.slug} needs to document.HEEDED"


def looks_at_comments(rule) -> bool:
    module = sys.modules[inspect.unwrap(rule.check).__module__]
    return any(value is Comment for value in vars(module).values())
