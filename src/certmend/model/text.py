"""Text from outside, made fit to be shown: no control of the terminal, no secrets.

Certificates, servers and configuration files may hold anything. `visible` keeps the meaning
and takes the power: escapes, line ends, bidirectional and zero-width characters are written
out. `redact` removes credentials.
"""

import re
import unicodedata
from collections.abc import Iterable

from certmend.model import lazy

MASK = "****"
_LIMIT = 200
_USER_INFO = lazy.regex(r"(?P<scheme>\b[a-zA-Z][a-zA-Z0-9+.-]{0,30}:/{2,3})[^\s/@?#'\"<>]{1,2000}@")
_LATE_USER_INFO = lazy.regex(
    r"(?P<scheme>\bhttps?:/{1,2})[^\s'\"<>@/:]{0,300}:[^\s'\"<>@]{1,1000}@", re.IGNORECASE
)
_HEADER = lazy.regex(
    r"(?i)\b(?P<name>(?:proxy-)?authorization\s*[:=]\s*(?:basic|bearer|token)?\s*)[^\s,;'\"]{1,2000}"
)
_QUERY_SECRET = lazy.regex(
    r"(?i)(?P<key>[?&;](?:access_?token|token|api_?key|key|password|passwd|pwd|secret|sig|signature|"
    r"auth|x-amz-[a-z-]{1,40}|x-goog-[a-z-]{1,40})=)[^&;\s'\"<>#]{1,4000}"
)


def visible(text: str, limit: int = _LIMIT) -> str:
    """`text` on one line, with every character that could mislead written as an escape.

    More than `limit` characters are cut, and the cut is said.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # nearly all of a bundle's ten thousand names
    cut = text[:limit]
    is_plain = cut.isascii() and cut.isprintable()
    shown = cut if is_plain else "".join(one if _is_plain(one) else _escape(one) for one in cut)
    if len(text) > limit:
        shown += f"… ({len(text)} characters)"
    return shown


def _is_plain(character: str) -> bool:
    if character == " ":
        return True
    # C: control, format (bidirectional, zero-width), surrogate, private; Z: other blanks.
    return unicodedata.category(character)[0] not in "CZ"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


_NAMED_SECRET = lazy.regex(
    r"(?P<key>(?:pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|auth(?:_?key|orization)?)\w{0,20}"
    r"[\"']?\s{0,4}(?:=|:)\s{0,4}(?:\((?:[\"'][^\"'\s]{0,100}[\"']\s{0,4},\s{0,4})?)?[rbfu]{0,2})"
    r"(?P<mark>[\"'])[^\"']{3,400}(?P=mark)",
    re.IGNORECASE,
)
_OPAQUE = lazy.regex(
    r"(?P<mark>[\"'])(?:(?:Bearer|Basic|token) [^\"']{1,400}(?P=mark)|"
    r"(?=(?:[^\"'\d]{0,99}\d){3})(?=[^\"']{0,99}[A-Za-z])"
    r"[A-Za-z0-9+_=-]{12,400}(?P=mark))"
)
"""A key or a token: what an Authorization field holds, or letters and at least three digits."""


def redact_code(text: str) -> str:
    """A line of a program without its secrets: also literals that are given under their names."""
    text = _NAMED_SECRET.sub(rf"\g<key>\g<mark>{MASK}\g<mark>", redact(text))
    return _OPAQUE.sub(rf"\g<mark>{MASK}\g<mark>", text)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without the user information of URLs, secret query values and the `secrets` given.

    A secret shorter than three characters is not looked for: it would tear up the text.
    """
    for secret in sorted({s for s in secrets if len(s) >= 3}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    # Each is asked only where a sign stands that it cannot do without: most texts hold none.
    if "@" in text:
        text = _USER_INFO.sub(rf"\g<scheme>{MASK}@", text)
        text = _LATE_USER_INFO.sub(rf"\g<scheme>{MASK}@", text)
    if "=" in text:
        text = _QUERY_SECRET.sub(rf"\g<key>{MASK}", text)
    if "z" in text or "Z" in text:  # of "authorization"
        text = _HEADER.sub(rf"\g<name>{MASK}", text)
    return text
