"""Text inside of Markdown: what would be markup is written so that it is none."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def plain(text: str) -> str:
    """Text without a meaning for Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def sentence(text: str) -> str:
    """Escaped but for what stands in backticks, which is a command of certmend's own."""
    pieces = text.split("`")
    return "".join(
        f"`{piece}`" if number % 2 else plain(piece) for number, piece in enumerate(pieces)
    )


def code(text: str) -> str:
    """Text as code."""
    return f"`{text.replace('`', chr(39))}`"
