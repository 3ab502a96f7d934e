"""OpenSSL 4's answer, as OpenSSL 3 gives it: what today's clients are built with.

The OpenSSL that certmend carries comes with the cryptography wheel and may be newer than any
client's. OpenSSL 4.0 differs in five points of `crypto/x509/x509_vfy.c`: it dropped the strict
checks 88 (empty subject, alternative names not critical) and 89 (Basic Constraints of a CA not
critical), added 102 (empty key identifier; 85 before) and 103 (issuer and serial number in an
Authority Key Identifier of a root; allowed before), and takes a certificate in its last second.
It also asks for no host that is no host name (`a-.example`, or one with a dot at its end), which
OpenSSL 3 compares with the names as any other. And it parses no certificate with a time of another
form than RFC 5280 has; OpenSSL 3 does, and finds the time wrong when it comes to it.
"""

import re

import msgspec
from OpenSSL import SSL

from certmend.judge.question import Fault
from certmend.model import certificate, tlv
from certmend.model.certificate import Certificate
from certmend.model.der import fingerprint

NEEDED = SSL.OPENSSL_VERSION_NUMBER >= 0x40000000
"""Whether this OpenSSL is such a newer one."""
_NO_KEY_IDENTIFIER = 85
_EMPTY_SUBJECT = 88
_NOT_CRITICAL = 89
_EMPTY_KEY_IDENTIFIER = 102
_ROOT_KEY_IDENTIFIER = 103
_BEFORE_88 = frozenset({34, 40, 37, 79, 94, 1, 80, 81, 82, 89, 92, 93, 83, 84})
"""What `check_extensions` of OpenSSL 3 asks of a certificate before 88, in any order."""
_TRUST = frozenset({2, 18, 19, 20, 24, 27, 22, 66})
"""Met before or while the path is built, and so before any of it is looked at."""
_BEFORE_89 = frozenset({34, 40, 37, 79, 94, 1, 80, 81, 82})
_OF_EXTENSIONS = frozenset({1, 25, 26, 34, 37, 38, 40, 41, 42, *range(76, 95)})
"""All that `check_extensions` finds; the host, the dates and the signatures come later."""
_SUBJECT_EMPTY = b"\x30\x00"


_TIME = re.compile(rb"\x17\x0d\d{12}Z|\x18\x0f\d{14}Z")
_ODD_TIMES = (13, 14)
"""The first day's, and the last day's (`x509_check_cert_time`)."""
_LATE = frozenset({7, 9, 10, *_ODD_TIMES})
"""Found from the root down, when all else but the name constraints has been looked at."""
_LAST = frozenset({47, 48, 49, 51, 52, 53})
NOBODY = b"nobody.invalid"
"""A host that no certificate names (RFC 6761, section 6.4)."""


def names(leaf: bytes, host: bytes) -> bool:
    """Whether a certificate holds a name as OpenSSL 3 compares it: as it is, or by a wildcard.

    A wildcard is the whole first label, with two more behind it (crypto/x509/v3_utl.c, valid_star).
    """
    asked = host.decode("ascii", "replace").lower()
    _, _, parent = asked.partition(".")
    shown = {name.lower() for name in certificate.read(leaf).dns_names}
    return asked in shown or ("." in parent and f"*.{parent}" in shown)


def with_usual_times(chain: tuple[bytes, ...]) -> dict[bytes, bytes]:
    """For each certificate with a time of another form a copy that is never too old."""
    odd = (der for der in chain if _odd(der) and tlv.extensions(der))
    return {der: tlv.rewritten(der, tuple(tlv.extensions(der)), any_time=True) for der in odd}


def _odd(der: bytes) -> tuple[int, ...]:
    pairs = zip(_ODD_TIMES, tlv.dates(der), strict=False)
    return tuple(code for code, time in pairs if not _TIME.fullmatch(time))


def odd_times(
    faults: tuple[Fault, ...], copies: dict[bytes, bytes], chain: tuple[bytes, ...]
) -> tuple[Fault, ...]:
    """What was found with the copies, said of the certificates, and their times where they come."""
    originals = {fingerprint(copy): fingerprint(der) for der, copy in copies.items()}
    found = [
        msgspec.structs.replace(one, sha256=originals.get(one.sha256, one.sha256))
        for one in faults
        if one.sha256 not in originals or one.code not in _LATE
    ]
    for der in copies:
        depth = chain.index(der)
        new = [Fault(code=code, depth=depth, sha256=fingerprint(der)) for code in _odd(der)]
        after = (
            n
            for n, one in enumerate(found)
            if one.code in _LAST or (one.code in _LATE and one.depth < depth)
        )
        at = next(after, len(found))
        found[at:at] = new
    return tuple(found)


def strict_as_before(faults: tuple[Fault, ...], path: tuple[bytes, ...]) -> tuple[Fault, ...]:
    """The faults that the strict checks of OpenSSL 3 find on the same path."""
    found = tuple(_renamed(fault) for fault in faults if fault.code != _ROOT_KEY_IDENTIFIER)
    for depth, der in enumerate(path if len(path) > 1 else ()):
        found = _with_dropped(found, depth, certificate.read(der))
    return found


def _renamed(fault: Fault) -> Fault:
    if fault.code != _EMPTY_KEY_IDENTIFIER:
        return fault
    return Fault(code=_NO_KEY_IDENTIFIER, depth=fault.depth, sha256=fault.sha256)


def _with_dropped(faults: tuple[Fault, ...], depth: int, read: Certificate) -> tuple[Fault, ...]:
    if read.is_ca is True and not read.basic_constraints_critical:
        faults = _insert(faults, _fault(_NOT_CRITICAL, depth, read), _BEFORE_89)
    if read.subject.raw == _SUBJECT_EMPTY and read.has_san and not read.san_critical:
        faults = _insert(faults, _fault(_EMPTY_SUBJECT, depth, read), _BEFORE_88)
    return faults


def _fault(code: int, depth: int, read: Certificate) -> Fault:
    return Fault(code=code, depth=depth, sha256=read.sha256)


def _insert(faults: tuple[Fault, ...], new: Fault, before: frozenset[int]) -> tuple[Fault, ...]:
    """Put a fault where OpenSSL would meet it: leaf first, in each certificate in its order."""
    at = 0
    for number, one in enumerate(faults):
        lower = one.depth < new.depth and one.code in _OF_EXTENSIONS
        if one.code in _TRUST or lower or (one.depth == new.depth and one.code in before):
            at = number + 1
        else:
            break
    return (*faults[:at], new, *faults[at:])
