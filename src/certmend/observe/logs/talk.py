"""Sentences that speak of a failure which has not happened, or is over: what tells them from one.

A manual says what its reader may see one day, a list of changes what was mended, and a test is
called by what it tries. None of them is what a client said.
"""

import re
from functools import cache

_SUPPOSED = r"""
      \byou(?:'ll|'d|r[ ]users?)?[ ](?:(?:will|may|might|can|could|would|should|then|still|also
      |only|ever|don't|do[ ]not)[ ]){0,3}(?:see|get|encounter|receive|run[ ]into|hit|face)\b
    | \btell(?:s|ing)[ ]you\b
    | \bin[ ]case[ ]of\b
    """
_ENTRY = r"""
      [-*+\u2022]?[ ]{0,4}(?:\[[ x]\][ ])?(?:feat|fix|bugfix|chore|docs)(?:\([^)]{1,40}\))?!?:[ ]
    | [-*+\u2022][ ]{1,4}(?:fix(?:e[sd])?|add(?:s|ed)?|handle[sd]?|support(?:s|ed)?|improve[sd]?
      |avoid(?:s|ed)?|catch(?:es)?|raise[sd]?|retr(?:y|ies|ied)|warns?|reports?|shows?|explains?
      |detect(?:s|ed)?|document(?:s|ed)?|correct(?:s|ed)?|no[ ]longer|do(?:es)?[ ]not|better|clearer
      |ignore[sd]?|remove[sd]?|prevent(?:s|ed)?|allow(?:s|ed)?)[ ]
    """
_IMPERATIVE = ("add ", "fix ", "handle ", "catch ", "avoid ", "work around ")
"""How the subject of a change begins; no client speaks to its user so."""
_COMPARED = r"[!=]=[ ]?[\w.:'\"]{0,40}$"
"""Behind these a name is compared with, as in `status == UV_ETIMEDOUT`."""
_SUBJECTS = frozenset(("feat", "fix:", "fix(", "fix!", "bugf", "chor", "docs"))
_SUPPOSED_BEFORE = 120
"""Letters before the words of a failure in which a manual says that they are none yet."""
_CURE = r"""
    \b(?:work(?:s|ed|ing)?[ -]?arounds?(?:[ ](?:for|to))?|way[ ](?:around|past)
      |get(?:s|ting)?[ ](?:around|past|rid[ ]of)
      |(?:avoid|prevent|fix|solve|resolve|suppress|silence|catch|bypass|circumvent|reproduce)
        (?:e?s|e?d|ing)?
      |(?:handle|ignore)[sd]?|(?:fix|solution|patch|cure|known|such)[ ](?:for|to|as)
      |without|instead[ ]of|rather[ ]than|no[ ]longer(?:[ ](?:get|see|raise)s?)?)
    [ ](?:(?:the|an?|any|this|that|these|those|such|some|all|common|infamous|dreaded|annoying
      |following|well-known|python'?s?|ssl|tls)[ ]){0,4}
    (?P<quote>["'`\u201c\u2018\u00ab(\[*]{1,3}[^"'`]{0,60})?[\w/:.\[ -]{0,24}$"""
"""What one does about a failure, right before its words."""
_NAMED = r"[^.!?\n]{4,90}?\b(?:error|issue|problem|failure|exception|warning|message)s?\b"
"""The words of a failure as the name of one."""
_OVER = r"""[^.!?\n]{4,90}?\b(?:error|issue|problem|failure)s?["'`]?[ ](?:(?:is|was|are|were
    |ha[sv]e?[ ]been)[ ](?:now[ ])?(?:gone|fixed|resolved|solved)|(?:goes|went)[ ]away)\b"""
_OWN = r"""\b(?:i|i'm|i've|we|we're|we've|my|our|me|us|how|help|unable|try|tried|trying|still)\b
    |\bcan(?:'?t|not)\b|\bcould[ ]?n[o']t\b|\?"""
"""Somebody has the failure, and asks for help."""
_AFTER = 160


def supposed(before: str, after: str = "") -> bool:
    """Whether words of a failure are only talked of.

    `before` is what stands before them in their line, `after` the words and what follows.
    """
    low = before.lower()
    entry = low.startswith(("-", "*", "+", "\u2022")) or low[:4] in _SUBJECTS
    if low.startswith(_IMPERATIVE) or (entry and _compiled(_ENTRY).match(low)):
        return True
    near = low[-_SUPPOSED_BEFORE:]
    if ("==" in near or "!=" in near) and _compiled(_COMPARED).search(near):
        return True
    if ("you" in near or "in case of" in near) and _compiled(_SUPPOSED).search(near):
        return True
    return _mended(near, after[:_AFTER].lower())


def _mended(near: str, after: str) -> bool:
    """Whether a sentence tells what is done about a failure, or that it is over."""
    if _compiled(_OVER).match(after):
        return True
    cure = _compiled(_CURE).search(near)
    if cure is None or not (cure["quote"] or _compiled(_NAMED).match(after)):
        return False
    return not _compiled(_OWN).search(near) and not _compiled(_OWN).search(after)


def is_name(before: str, first: str) -> bool:
    """Whether words stand inside of a name, as `test_hostname_mismatch`, and say nothing.

    `first` is their first letter. Libraries write their own names of failures in capitals.
    """
    return before.endswith("_") and before[-2:-1].isalnum() and first.islower()


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """An expression with blanks for the eye, compiled once, and only where it may match."""
    return re.compile(expression, re.VERBOSE)
