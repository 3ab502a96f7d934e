"""A block of lines that certmend keeps in a shell profile or .env, between two marks. Pure.

Everything outside the marks stays as it is, line ends and encoding too.
"""

from certmend.errors import UsageError
from certmend.model.text import visible

BEGIN = b"# >>> certmend >>>"
END = b"# <<< certmend <<<"


def set_block(content: bytes, name: str, lines: str) -> bytes:
    """The file with these lines in its block, which is put at its end where there is none.

    Raises `UsageError` for a file whose marks do not belong together.
    """
    end = b"\r\n" if b"\r\n" in content else b"\n"
    body = lines.strip("\n").encode("utf-8").replace(b"\n", end)
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
    gap = end if content and not content.endswith((b"\n", b"\r")) else b""
    return content + gap + (end if content.strip() else b"") + block + end
