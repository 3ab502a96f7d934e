"""Facts as a file: JSON with its schema's name first, so that they can be judged anywhere."""

from typing import Any

import msgspec

from certmend.errors import UsageError
from certmend.model.facts import SCHEMA, Facts

_HINT = "give a file that `certmend diagnose --save` wrote"


class _Head(msgspec.Struct):
    schema: str = ""


def encode(facts: Facts) -> bytes:
    """The facts as indented JSON; the same facts give the same bytes."""
    try:
        content = msgspec.json.encode(facts)
    except UnicodeEncodeError:
        # A name that is no UTF-8, such as a file's, comes as surrogates (PEP 383): written out.
        content = msgspec.json.encode(_written_out(msgspec.to_builtins(facts)))
    return msgspec.json.format(content, indent=1) + b"\n"


def _written_out(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _written_out(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written_out(one) for one in value]
    return value


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
