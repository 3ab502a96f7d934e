"""What an edit took away: the lines of a file that are no longer there as they were, in order."""

import difflib


def taken(before: bytes, after: bytes) -> list[str]:
    """The lines that are in the old content and not in the new one, blank ones apart."""
    old, new = (text.decode().splitlines() for text in (before, after))
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    changed = [
        old[a:b] for tag, a, b, _, _ in matcher.get_opcodes() if tag in ("delete", "replace")
    ]
    return [line for lines in changed for line in lines if line]
