"""What takes a part of a command line, or of an instruction, out of a file: words and gaps."""

import re

from certmend.judge.linting.options import flags
from certmend.judge.linting.programs import Run
from certmend.model.document import Assignment, Command, Document, How, Span
from certmend.model.lint import Edit

_JOINT = r"[\\`][ \t]*\r?\n"
_AFTER = re.compile(rf"[ \t]*(?:{_JOINT}\s*)?(?:&&|;)(?:[ \t]*{_JOINT})?\s*")
_BEFORE = re.compile(rf"(?:\s|{_JOINT})*(?:&&|;)(?:\s|{_JOINT})*$")
_GAP_AFTER = re.compile(rf"[ \t]*{_JOINT}[ \t]*|[ \t]+(?=\S)")
_GAP_BEFORE = re.compile(rf"(?:[ \t]|{_JOINT})+$")
# YAML's mark of a text of several lines, which is no pipe.
_SCRIPT = re.compile(r"(?:^|[-:])[ \t]+[|>][-+0-9]*[ \t]*$")
_CLUSTER = re.compile(r"-[a-zA-Z#]*k[a-zA-Z#]*")

Edits = tuple[Edit, ...]


def command(found: Command, text: str) -> Edits:
    """A whole command, with its `&&`; or its line, where it stands alone on it."""
    return _commands(found.span.start, found.span.end, text)


def joined(edits: Edits, text: str) -> Edits:
    """Removals that share an `&&` as one: neighbours in a chain go together, with one joint."""
    made: list[Edit] = []
    for edit in sorted(set(edits), key=lambda one: (one.span.start, -one.span.end)):
        last = made[-1].span if made and not made[-1].text and not edit.text else None
        if last is None or edit.span.start >= last.end:
            made.append(edit)
        elif edit.span.end > last.end:
            made[-1:] = _commands(last.start, edit.span.end, text)
    return tuple(made)


def _commands(start: int, end: int, text: str) -> Edits:
    """Neighbouring commands with the joint behind them, or the one in front."""
    if match := _AFTER.match(text, end):
        return (Edit(Span(start, match.end()), ""),)
    if match := _BEFORE.search(text, 0, start):
        return (Edit(Span(match.start(), end), ""),)
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop + 1
    alone = re.fullmatch(r"\s*(?:RUN|-)\s+", text[line:start], re.IGNORECASE)
    if (alone or _is_one_line_of_several(text, line, stop)) and not text[end:stop].strip():
        return (Edit(Span(line, stop), ""),)
    return ()


def _is_one_line_of_several(text: str, line: int, stop: int) -> bool:
    """Whether a line of a script, joined to none, has another at its side."""
    here = re.match(r"[ \t]*", text[line:stop])
    above = text[text.rfind("\n", 0, max(line - 1, 0)) + 1 : line].rstrip("\r\n")
    below = text[stop : (text.find("\n", stop) + 1) or len(text)]
    indent = here[0] if here is not None else ""
    if re.search(r"[\\`|&][ \t]*$", above) and not _SCRIPT.search(above):
        return False
    return any(
        re.match(rf"{indent}[^\s#-]", one) and not re.match(r"[\w-]+:(?:\s|$)", one.strip())
        for one in (above, below)
    )


def variable(entry: Assignment, document: Document) -> Edits:
    """An assignment: its whole line, a pair of several in an ENV, or one in front of a command."""
    if entry.removal is not None:
        return (Edit(entry.removal, ""),)
    text, (start, end) = document.text, (entry.span.start, entry.span.end)
    inside = entry.how is How.PREFIX or (entry.how is How.ENV and document.kind == "dockerfile")
    if not inside or not entry.value.is_written_here:
        return ()
    if match := _GAP_AFTER.match(text, end):
        return (Edit(Span(start, match.end()), ""),)
    if entry.how is How.PREFIX:
        return ()  # a word of a list: its comma would stay
    match = _GAP_BEFORE.search(text, 0, start)
    return (Edit(Span(match.start(), end), ""),) if match is not None else ()


def option(run: Run, place: Span) -> Edits:
    """A flag of a command; of letters in one word, the one letter; `-c` with what it sets."""
    words = run.arguments
    at = next((number for number, word in enumerate(words) if word.span == place), None)
    if at is not None and words[at].is_written_here:
        word = words[at]
        if run.client == "curl" and len(word.text) > 2 and _CLUSTER.fullmatch(word.text):
            letter = word.at[word.text.index("k")]
            return (Edit(Span(letter, letter + 1), ""),)
        if run.client == "git" and at and words[at - 1].text == "-c":
            before = words[at - 2] if at > 1 else run.before
            return (Edit(Span(before.span.end, word.span.end), ""),)
    found = next((one for one in flags(run) if place in (one.anchor, one.span)), None)
    gap = found.removal if found is not None else None
    return (Edit(gap, ""),) if gap is not None else ()
