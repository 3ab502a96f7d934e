"""A log's bytes in an encoding that can be searched: UTF-16 and UTF-32 become UTF-8.

PowerShell's `>` writes UTF-16, with a byte order mark or without. Everything else is searched as
it is: the words of all clients are ASCII, whatever the encoding around them.
"""

import codecs
import io
from typing import BinaryIO

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 4096
_PIECE = 1 << 16


class Plain:
    """A stream's bytes, as UTF-8 or another superset of ASCII."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = stream.read(_LOOKED_AT)
        """Read, and not handed out yet."""
        encoding = wide_encoding(self._held)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        if self._decoder is not None:
            self._held = self._decoder.decode(self._held).encode("utf-8", "replace")

    def fill(self, buffer: memoryview) -> int:
        """Fill a buffer up to its end, or to that of the stream; how many bytes it then holds."""
        at = 0
        while at < len(buffer):
            if self._held:
                part = self._held[: len(buffer) - at]
                buffer[at : at + len(part)] = part
                self._held = self._held[len(part) :]
                at += len(part)
            elif self._decoder is None and isinstance(self._stream, io.BufferedIOBase):
                read = self._stream.readinto(buffer[at:])
                if not read:
                    break
                at += read
            elif not self._read():
                break
        return at

    def _read(self) -> bool:
        """Hold the next piece; whether there is one."""
        piece = self._stream.read(_PIECE)
        self._held = piece
        if self._decoder is not None:
            self._held = self._decoder.decode(piece, final=not piece).encode("utf-8", "replace")
        return bool(piece or self._held)


def wide_encoding(first: bytes) -> str:
    """The name of the 16- or 32-bit encoding of a text that begins so; empty for another."""
    for mark, name in _MARKS:
        if first.startswith(mark):
            return name
    head = first[:_LOOKED_AT]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return ""
