"""What webpki asks of one certificate, whoever issued it (`check_issuer_independent_…`)."""

from collections.abc import Callable, Iterator

from certmend.judge.webpki import der
from certmend.judge.webpki.der import Reader
from certmend.judge.webpki.parsed import Parsed
from certmend.judge.webpki.rejection import (
    BAD_DER,
    CA_IS_LEAF,
    DATES_REVERSED,
    EXPIRED,
    NO_USAGE,
    NOT_A_CA,
    NOT_YET_REVERSED,
    NOT_YET_VALID,
    OTHER_USAGE,
    PATH_LENGTH,
    Rejection,
)

_SERVER_AUTH = bytes.fromhex("2b06010505070301")


def every(certificate: Parsed, at: int, below: int | None) -> Iterator[Rejection]:
    """Every rejection, in webpki's order: dates, Basic Constraints, extended key usage.

    `below` is None for the leaf, else how many CAs stand between it and the leaf. Key usage and
    key identifiers are not looked at.
    """
    rules: tuple[Callable[[], None], ...] = (
        lambda: _dates(certificate.validity, at),
        lambda: _basic_constraints(certificate.basic_constraints, below),
        lambda: _usages(certificate.usages),
    )
    for rule in rules:
        try:
            rule()
        except Rejection as refused:
            yield Rejection(refused.kind, certificate.der)


def _dates(validity: bytes, at: int) -> None:
    reader = Reader(validity)
    begin, end = der.seconds(reader), der.seconds(reader)
    if begin > end:
        raise Rejection(DATES_REVERSED if at > end else NOT_YET_REVERSED)
    if at < begin:
        raise Rejection(NOT_YET_VALID)
    if at > end:
        raise Rejection(EXPIRED)
    reader.end(BAD_DER)


def _basic_constraints(content: bytes | None, below: int | None) -> None:
    is_ca, longest = False, None
    if content is not None:
        reader = Reader(content)
        is_ca = der.boolean(reader)
        longest = None if reader.at_end else der.small_integer(reader)
    if below is None:
        if is_ca:
            raise Rejection(CA_IS_LEAF)
    elif not is_ca:
        raise Rejection(NOT_A_CA)
    elif longest is not None and below > longest:
        raise Rejection(PATH_LENGTH)
    if content is not None:
        reader.end(BAD_DER)


def _usages(content: bytes | None) -> None:
    if content is None:
        return
    if not content:
        raise Rejection(NO_USAGE)
    reader = Reader(content)
    while not reader.at_end:
        if reader.expect(der.OBJECT_IDENTIFIER) == _SERVER_AUTH:
            return
    raise Rejection(OTHER_USAGE)
