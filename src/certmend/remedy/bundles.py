"""CA bundles as text: merged, without duplicates, dated and commented. Pure.

A bundle is a file of trust anchors, so a certificate that may not sign others has no place in
it; an expired one is left out, because OpenSSL checks the dates of a trusted root too
(crypto/x509/x509_vfy.c, internal_verify).
"""

import base64
import binascii
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

import msgspec

from certmend.errors import UsageError
from certmend.model.der import brief, fingerprint, without_trust
from certmend.model.text import visible

_WIDTH = 64
_BLOCK = re.compile(
    rb"(?P<above>(?:^\#[^\r\n]*\r?\n)*?)"
    rb"(?P<ours>^\# [^\r\n]*\r?\n\# valid [^\r\n]*\r?\n\# sha256 [^\r\n]*\r?\n"
    rb"\# from [^\r\n]*\r?\n)?^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----\s*(?P<body>[^-]*)"
    rb"-----END (?:TRUSTED |X509 )?CERTIFICATE-----[ \t]*(?:\r?\n)?(?:\r?\n)?",
    re.MULTILINE,
)


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of a bundle, as far as a bundle needs to know it."""

    der: bytes
    sha256: str
    label: str
    """The subject's common name, organisation or whole text; fit to be shown."""
    not_before: datetime
    not_after: datetime
    may_sign: bool
    source: str
    """Where it came from: a path, or what people call the store."""


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge came to. `kept` is in the order of the sources."""

    kept: tuple[Member, ...] = ()
    expired: tuple[Member, ...] = ()
    duplicates: int = 0


def members(ders: Iterable[bytes], source: str) -> tuple[Member, ...]:
    """The certificates of one source."""
    return tuple(_member(der, source) for der in ders)


def merge(found: Iterable[Member], now: datetime) -> Merged:
    """Put sources together: each certificate once, expired ones apart, the order kept.

    Raises `UsageError` for a certificate that may not sign others.
    """
    kept: dict[str, Member] = {}
    expired: dict[str, Member] = {}
    count = 0
    for one in found:
        count += 1
        refuse_leaf(one)
        (expired if one.not_after < now else kept).setdefault(one.sha256, one)
    left = tuple(kept.values())
    gone = tuple(expired.values())
    return Merged(kept=left, expired=gone, duplicates=count - len(left) - len(gone))


def refuse_leaf(one: Member) -> None:
    """Raise `UsageError` for a certificate that is no CA."""
    if not one.may_sign:
        raise UsageError(
            f'"{one.label}" in {visible(one.source, 300)} is no CA: it may not sign others',
            "a bundle holds CAs: ask the CA team for the root certificate, marked CA:TRUE",
        )


def text(kept: Iterable[Member]) -> str:
    """The bundle: before each certificate a comment with name, dates, fingerprint and source."""
    return "".join(block(one) for one in kept)


def block(one: Member) -> str:
    """One certificate with its comment, and an empty line after it."""
    body = base64.b64encode(one.der).decode("ascii")
    lines = "\n".join(body[at : at + _WIDTH] for at in range(0, len(body), _WIDTH))
    return (
        f"# {_comment(one.label)}\n"
        f"# valid {one.not_before:%Y-%m-%d} to {one.not_after:%Y-%m-%d}\n"
        f"# sha256 {one.sha256}\n"
        f"# from {_comment(one.source)}\n"
        f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n\n"
    )


@lru_cache(maxsize=256)
def _comment(words: str) -> str:
    """Text that no reader of PEM takes for the beginning of a block."""
    return visible(words, 200).encode("ascii", "backslashreplace").decode().replace("--", "- -")


def _member(der: bytes, source: str) -> Member:
    """What nearly every certificate says plainly; the others take `certificate.read`."""
    try:
        said = brief(der)
    except ValueError:
        return _slowly(der, source)
    return Member(
        der=der,
        sha256=fingerprint(der),
        label=visible(said.label),
        not_before=said.not_before,
        not_after=said.not_after,
        may_sign=said.may_sign,
        source=source,
    )


def _slowly(der: bytes, source: str) -> Member:
    from certmend.model import certificate

    read = certificate.read(der)
    if not read.readable:
        raise UsageError(
            f"a certificate in {visible(source, 300)} cannot be read", "copy the file again"
        )
    return Member(
        der=der,
        sha256=read.sha256,
        label=str(read.subject),
        not_before=read.not_before,
        not_after=read.not_after,
        may_sign=read.passes_as_root,
        source=source,
    )


def parts(content: bytes) -> tuple[tuple[bytes, str], ...]:
    """A bundle's text cut into pieces that put together give it again.

    Each piece is (text, sha256 of the certificate in it); the sha256 is empty for text between.
    The comment that `block` writes belongs to a block, else all comment lines right above it,
    and one empty line below.
    """
    found: list[tuple[bytes, str]] = []
    at = 0
    for match in _BLOCK.finditer(content):
        begin = match.end("above") if match["ours"] else match.start()
        found += [(content[at:begin], ""), (content[begin : match.end()], _sha256(match["body"]))]
        at = match.end()
    return tuple(one for one in (*found, (content[at:], "")) if one[0])


def added(content: bytes, new: Iterable[Member]) -> bytes:
    """A bundle's text with certificates behind what is there; those it has already are left out."""
    have = {sha256 for _, sha256 in parts(content)}
    more = text(one for one in new if one.sha256 not in have).encode("ascii")
    if not more:
        return content
    end = _line_end(content)
    gap = end if content and not content.endswith((b"\n", b"\r")) else b""
    return content + gap + (more.replace(b"\n", end) if end != b"\n" else more)


def removed(content: bytes, unwanted: Iterable[str]) -> bytes:
    """A bundle's text without the certificates of these fingerprints; the rest is as it was."""
    drop = frozenset(unwanted)
    return b"".join(piece for piece, sha256 in parts(content) if not sha256 or sha256 not in drop)


def _line_end(content: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in content else b"\n"


def _sha256(body: bytes) -> str:
    try:
        der = base64.b64decode(b"".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return fingerprint(without_trust(der))


def hexadecimal(words: str) -> str | None:
    """The digits of a fingerprint, colons and blanks left out; None for what is none.

    It may be what `openssl x509 -fingerprint` or a browser prints, with its name in front.
    """
    plain = re.sub(r"^sha-?256(?:\s+fingerprint)?\s*[:=/]+", "", words.strip().lower())
    digits = re.sub(r"[:\s]", "", plain)
    return digits if digits and re.fullmatch(r"[0-9a-f]{4,64}", digits) else None


def problems(found: Iterable[Member], now: datetime, soon: timedelta) -> list[str]:
    """What is wrong with the certificates of a bundle, one sentence each."""
    said: list[str] = []
    for one in found:
        if not one.may_sign:
            said.append(f"{one.label} is no CA")
        if one.not_after < now:
            said.append(f"{one.label} expired on {one.not_after:%Y-%m-%d}")
        elif one.not_after < now + soon:
            said.append(f"{one.label} expires on {one.not_after:%Y-%m-%d}")
        if one.not_before > now:
            said.append(f"{one.label} is not valid before {one.not_before:%Y-%m-%d}")
    return said
