"""The lines of a log without what terminals and build systems put around them.

What is taken off the front of a line: the clock of GitHub Actions, Azure, GitLab and Jenkins,
the step and seconds of BuildKit, the service of Docker Compose, the level of Kaniko and Maven,
workflow commands, marks of a quote. Several may stand before one another.
"""

import re

import msgspec

from certmend.model import lazy
from certmend.observe.logs.code import between, is_statement

_ESCAPES = lazy.regex(
    r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|\x1b\][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)?"
    r"|\x1b[PX^_][^\x1b]{0,2048}(?:\x1b\\)?"
    r"|\x1b[ -/]{0,8}[0-~]"
    r"|\x9b[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|(?:\\u001b|\\x1b|\\033|\\e|\^\[)\[[0-9;]{0,20}[A-Za-z]"
    r"|\[\d{1,3}(?:;\d{1,3}){0,4}m"
)
_CONTROLS = lazy.regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]+")
_PREFIX = lazy.regex(
    r"""
    (?:
      [^\t\r\n]{1,120}\t[^\t\r\n]{1,120}\t(?=\ufeff?\d{4}-\d\d-\d\dT)    # gh run view --log
    | \ufeff
    | \d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?[ ]?(?:Z|UTC|[+-]\d\d:?\d\d)?
      (?:[ ]\d\d[OE]\+?)?(?:[ ]?[:|-]?[ \t]{1,8}|$)
    | \[\d{4}-\d\d-\d\d[T ][\d:.,]{5,24}[ ]?(?:Z|UTC|[+-]\d\d:?\d\d)?\][ \t]{0,8}
    | \[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?[ \t:|]{1,8}
    | \d\d:\d\d[ ](?=\S)
    | \[Pipeline\][ ]
    | \d{1,6}[ ](?=(?:silly|verbose|info|http|warn|error|timing|notice)[ ])    # npm's debug log
    | [#]\d{1,4}[ ]\d{1,6}\.\d{1,3}(?:[ ]|$)
    | [#]\d{1,4}[ ](?=[A-Za-z>\[])
    | \d{1,6}\.\d{1,3}[ ](?=[A-Za-z#/[])
    | (?:=>[ ]){1,4}[#]?
    | >{1,6}[ ]?
    | (?:TRAC|DEBU|INFO|WARN|ERRO|FATA)\[\d{1,8}\][ ]{0,4}
    | \#\#\[[a-z]{1,20}\]
    | ::(?:error|warning|notice|debug|group)[^:\n]{0,300}::
    | \[(?:TRACE|DEBUG|INFO|WARNING|WARN|ERROR|FATAL|stdout|stderr)[ ]?\][ \t]{0,8}
    | (?:stdout|stderr)[:|][ \t]{0,8}
    | [A-Za-z0-9][A-Za-z0-9_.-]{0,62}[ ]{0,30}\|[ ]
    | [\u2502\u2503|][ ]?
    | [ \t]{1,200}
    )
    """,
    re.VERBOSE,
)
_FRAME = lazy.regex(r'File "[^"]{1,500}", line \d{1,7}')
_EXCERPT = lazy.regex(r"\s{0,20}(?:[\u2192>] ?)?\s{0,8}\d{1,6} ?\u2502")
_RAISED = lazy.regex(
    r"[\w.]{1,200}(?:(?:Error|Exception|Warning|Exit|Interrupt)\b|(?:error|[Tt]imeout)(?::|\s{0,9}$))"
    r"|(?!self\.)[a-z_]\w{0,60}(?:\.\w{1,60}){1,9}: "
)
_RECORD = lazy.regex(
    r"""
    (?:\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,12}[ ])?(?:
      # A pipeline's own clock is none of these: it stands before every line.
      (?!\d{4}-\d\d-\d\dT[\d:]{8}\.(?:\d{7}|\d{9})Z|\[\d{4}-\d\d-\d\dT[\d:.]{8,13}Z\])
      (?!\[?\d\d:[\d:.,]{5,14}\]?\s{1,4}[A-Z]{4,8}:[ ])
      \[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d\S{0,12}\]?[ \t|:-]{1,6}
      (?:\[[^\]\n]{1,40}\][ ]){0,2}
      (?:\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE|CRITICAL|FATAL|SEVERE)\b|\[(?:error|warn)\])
    | time="[^"\n]{10,40}"[ ]level=
    | [IWEF]\d{4}[ ]\d\d:\d\d:\d\d\.\d{3,9}[ ]
    | [A-Z][a-z]{2}[ ][ \d]\d[ ]\d\d:\d\d:\d\d[ ]\S{1,60}[ ][\w./-]{1,40}(?:\[\d{1,7}\])?:[ ]
    )""",
    re.VERBOSE,
)
"""How loggers, syslog and klog begin each record: a clock, then a level or a name."""
_PREFIXES_AT_MOST = 8
_LONGEST = 16384


class Line(msgspec.Struct, frozen=True):
    """A line as a client printed it, and its number in the log."""

    number: int
    text: str
    of_code: bool = False
    """Whether it shows source code, as in a traceback: what stands there has not happened."""
    record: bool = False
    """Whether a logger wrote it as a record of its own: what it tells is not the line's above."""
    width: int = 0
    """Letters of the line as it stands in the log: a terminal cuts those that fill it."""


def lines(content: bytes, first: int) -> list[Line]:
    """The lines of a piece of a log whose first line has the number `first`.

    A carriage return ends a line for the eye: a progress bar is several lines of one number.
    """
    found: list[Line] = []
    statements: list[bool] = []
    trace = _Trace()
    for number, raw in enumerate(content.split(b"\n"), first):
        for part in raw.split(b"\r"):
            if part:
                raw_text = part.decode("utf-8", "replace")[:_LONGEST]
                text, indent = plain(raw_text)
                of_code = trace.shows_code(text, indent)
                record = _RECORD.match(raw_text) is not None
                found.append(Line(number, text, of_code, record, len(raw_text)))
                statements.append(not of_code and is_statement(text))
    if not any(statements):
        return found
    in_code = between([line.text for line in found], statements)
    return [
        msgspec.structs.replace(line, of_code=True) if is_code else line
        for line, is_code in zip(found, in_code, strict=True)
    ]


class _Trace:
    """Tells the lines of source code in tracebacks, and in the excerpts that Poetry shows."""

    def __init__(self) -> None:
        self._frame = -1
        self._lines = 0

    def shows_code(self, text: str, indent: int) -> bool:
        """Whether this line, the next one, is of code."""
        if _FRAME.match(text):
            self._frame, self._lines = indent, 0
            return True
        if _EXCERPT.match(text):
            return True
        # The last frame of an unreadable file: the error itself does not say what was read.
        if self._frame < 0 or "load_verify_locations(" in text or "load_cert_chain(" in text:
            return False
        self._lines += 1
        # Where the indentation was lost, as in a quote, one line of code follows its frame.
        inside = indent > self._frame or (self._lines == 1 and not _RAISED.match(text))
        if not inside:
            self._frame = -1
        return inside


def plain(text: str) -> tuple[str, int]:
    """A line without escapes, control characters and marks of a build system; its indentation."""
    text = _CONTROLS.sub("", _ESCAPES.sub("", text))
    indent = 0
    for _ in range(_PREFIXES_AT_MOST):
        if _EXCERPT.match(text):
            break
        match = _PREFIX.match(text)
        if match is None or not match.end():
            break
        indent = match.end() if text[: match.end()].isspace() else 0
        text = text[match.end() :]
    return text, indent
