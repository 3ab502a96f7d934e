"""Certificates in PEM text: all that are whole, and how many are not."""

import base64
import binascii

import msgspec

from certmend.model import lazy
from certmend.model.der import without_trust

_BLOCK = lazy.regex(
    rb"-----BEGIN (?P<trusted>TRUSTED )?(?:X509 )?CERTIFICATE-----\s*(?P<body>[^-]*)-----END "
    rb"(?:TRUSTED |X509 )?CERTIFICATE-----"
)
_BEGIN = lazy.regex(rb"-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----")


class Found(msgspec.Struct, frozen=True):
    """The DER of every whole block, in its order and as often as it stands there."""

    certificates: tuple[bytes, ...] = ()
    damaged: int = 0
    """Blocks that have no end, or whose base64 is none."""


def certificates(content: bytes) -> Found:
    """Read PEM text; nothing is raised, and other text around the blocks is allowed."""
    found: list[bytes] = []
    whole = 0
    for match in _BLOCK.finditer(content):
        try:
            der = base64.b64decode(b"".join(match["body"].split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        found.append(without_trust(der) if match["trusted"] else der)
        whole += 1
    return Found(tuple(found), len(_BEGIN.findall(content)) - whole)
