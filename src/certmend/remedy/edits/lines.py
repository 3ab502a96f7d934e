"""What the edits of line-based files share: text and bytes, line ends, a line more. Pure."""

from certmend.errors import UsageError
from certmend.model.text import visible

_BOM = b"\xef\xbb\xbf"


def decoded(content: bytes) -> tuple[str, str, bytes]:
    """The text, its encoding and its byte order mark; bytes that are no UTF-8 are kept."""
    bom = _BOM if content.startswith(_BOM) else b""
    try:
        return content[len(bom) :].decode("utf-8"), "utf-8", bom
    except UnicodeDecodeError:
        return content[len(bom) :].decode("latin-1"), "latin-1", bom


def line_end(text: str) -> str:
    """What ends the lines of a text."""
    return "\r\n" if "\r\n" in text else "\n"


def inserted(text: str, at: int, line: str) -> str:
    """A line more, at a place where a line begins or the text ends."""
    end = line_end(text)
    gap = end if at and text[at - 1] not in "\r\n" else ""
    return text[:at] + gap + line + end + text[at:]


def by_hand(name: str, setting: str) -> UsageError:
    """That a file is written in a way out of reach."""
    return UsageError(
        f"{visible(name, 300)} is written in a way that certmend cannot edit",
        f"set `{visible(setting, 300)}` in it by hand",
    )
