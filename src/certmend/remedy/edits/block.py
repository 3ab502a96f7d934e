"""A block of lines that certmend keeps in a shell profile or .env, between two marks. Pure.

Everything outside the marks stays as it is, line ends and encoding too.
"""

from certmend.errors import UsageError
from certmend.model.text import visible

BEGIN = b"# >>> certmend >>>"
END = b"# <<< certmend <<<"


def set_block(
    content: bytes, name: str, lines: str, *, first: bool = False, for_shell: bool = False
) -> bytes:
    """The file with these lines in its block; where there is none, one is put at its end.

    `first`: it is put in front, behind a `#!`. `for_shell`: a shell reads it, for which a carriage
    return belongs to the value. Raises `UsageError` for a file whose marks do not belong together.
    """
    end = b"\r\n" if b"\r\n" in content and not for_shell else b"\n"
    body = lines.strip("\n").encode("utf-8", "surrogateescape").replace(b"\n", end)
    block = BEGIN + end + body + end + END
    if content.count(BEGIN) != content.count(END) or content.count(BEGIN) > 1:
        raise UsageError(
            f"the marks of certmend's block in {visible(name, 300)} do not belong together",
            f"leave one line `{BEGIN.decode()}` and one `{END.decode()}`, or none",
        )
    if BEGIN in content:
        before, _, rest = content.partition(BEGIN)
        _, mark, after = rest.partition(END)
        if not mark:
            raise UsageError(
                f"the marks in {visible(name, 300)} are in the wrong order", "swap them"
            )
        return before + block + after
    if first:
        head, mark, rest = content.partition(b"\n") if content.startswith(b"#!") else (b"",) * 3
        rest = rest if mark else content.removeprefix(head)
        return head + (mark or (end if head else b"")) + block + end + rest
    gap = end if content and not content.endswith((b"\n", b"\r")) else b""
    return content + gap + (end if content.strip() else b"") + block + end


def lines(content: bytes) -> str:
    """What stands in the block; nothing where there is none."""
    _, begin, rest = content.partition(BEGIN)
    body, end, _ = rest.partition(END)
    text = body.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
    return text.strip("\n") if begin and end else ""


def without(content: bytes) -> str:
    """The text of the file with its block blanked, so that line numbers stay."""
    before, begin, rest = content.partition(BEGIN)
    inside, end, after = rest.partition(END)
    blank = b"\n" * inside.count(b"\n")
    kept = before + blank + after if begin and end else content
    return kept.decode("utf-8", "replace")
