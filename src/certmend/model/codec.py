"""Facts as a file: JSON with its schema's name first, so that they can be judged anywhere."""

import msgspec

from certmend.errors import UsageError
from certmend.model.facts import SCHEMA, Facts

_HINT = "give a file that `certmend diagnose --save` wrote"


class _Head(msgspec.Struct):
    schema: str = ""


def encode(facts: Facts) -> bytes:
    """The facts as indented JSON; the same facts give the same bytes."""
    return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"


def decode(content: bytes, name: str) -> Facts:
    """Facts from a file's content; raises `UsageError` when it holds none of this schema."""
    try:
        head = msgspec.json.decode(content, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} is no facts file: {error}", _HINT) from None
    if head.schema != SCHEMA:
        raise UsageError(f"{name} has the schema {head.schema!r}, not {SCHEMA!r}", _HINT)
    try:
        return msgspec.json.decode(content, type=Facts)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} is damaged: {error}", _HINT) from None
