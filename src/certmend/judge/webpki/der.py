"""DER as webpki reads it (`der.rs`): definite and minimal lengths, and nothing left over."""

from certmend.judge.webpki.rejection import BAD_DER, BAD_TIME, TRAILING, Kind, Rejection

BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_IDENTIFIER = 0x06
SEQUENCE = 0x30
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
_LONGEST = 0xFFFF
"""A value of this many bytes or more is refused."""


class Reader:
    """Bytes, read from the front; every method raises `Rejection` for what is not there."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.position = 0

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.position >= len(self.content)

    def peek(self, tag: int) -> bool:
        """Whether the next byte is this tag."""
        return not self.at_end and self.content[self.position] == tag

    def any(self) -> tuple[int, bytes]:
        """The next element: its tag and its content."""
        tag = self._byte()
        if tag & 0x1F == 0x1F:
            raise Rejection(BAD_DER)
        length = self._length()
        end = self.position + length
        if length >= _LONGEST or end > len(self.content):
            raise Rejection(BAD_DER)
        value = self.content[self.position : end]
        self.position = end
        return tag, value

    def expect(self, tag: int) -> bytes:
        """The content of the next element, which has this tag."""
        found, value = self.any()
        if found != tag:
            raise Rejection(BAD_DER)
        return value

    def whole(self, tag: int) -> bytes:
        """The next element with its tag and length."""
        begin = self.position
        self.expect(tag)
        return self.content[begin : self.position]

    def end(self, kind: Kind = TRAILING) -> None:
        """Nothing may be left."""
        if not self.at_end:
            raise Rejection(kind)

    def _byte(self) -> int:
        if self.at_end:
            raise Rejection(BAD_DER)
        self.position += 1
        return self.content[self.position - 1]

    def _length(self) -> int:
        first = self._byte()
        if first < 0x80:
            return first
        size = first & 0x7F
        if not 1 <= size <= 4:
            raise Rejection(BAD_DER)
        length = 0
        for _ in range(size):
            length = length << 8 | self._byte()
        if length < 0x80 or length < 1 << 8 * (size - 1):
            raise Rejection(BAD_DER)  # not the shortest form
        return length


def boolean(reader: Reader) -> bool:
    """An optional BOOLEAN whose default is false; false may be written out."""
    if not reader.peek(BOOLEAN):
        return False
    value = reader.expect(BOOLEAN)
    if value not in (b"\xff", b"\x00"):
        raise Rejection(BAD_DER)
    return value == b"\xff"


def small_integer(reader: Reader) -> int:
    """A non-negative INTEGER of one byte."""
    value = reader.expect(INTEGER)
    if len(value) == 2 and value[0] == 0 and value[1] >= 0x80:
        return value[1]
    if len(value) != 1 or value[0] >= 0x80:
        raise Rejection(BAD_DER)
    return value[0]


def bit_string(reader: Reader) -> bytes:
    """A BIT STRING of whole bytes."""
    value = reader.expect(BIT_STRING)
    if not value or value[0] != 0:
        raise Rejection(BAD_DER)
    return value[1:]


def seconds(reader: Reader) -> int:
    """A UTCTime or GeneralizedTime, in seconds since 1970 (RFC 5280, section 4.1.2.5)."""
    from calendar import timegm
    from datetime import datetime

    short = reader.peek(UTC_TIME)
    value = reader.expect(UTC_TIME if short else GENERALIZED_TIME)
    if short:
        value = (b"19" if value[:1] >= b"5" else b"20") + value
    if len(value) != 15 or not value[:14].isdigit() or value[14:] != b"Z":
        raise Rejection(BAD_TIME)
    try:
        moment = datetime.strptime(value.decode("ascii"), "%Y%m%d%H%M%SZ")  # noqa: DTZ007
    except ValueError:
        raise Rejection(BAD_TIME) from None
    if moment.year < 1970:
        raise Rejection(BAD_TIME)
    return timegm(moment.timetuple())
