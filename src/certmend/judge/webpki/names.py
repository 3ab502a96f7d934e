"""Host names and addresses against those in a certificate (`subject_name/`).

A name stands in the subject alternative names or nowhere: the common name is not read.
"""

from collections.abc import Iterator
from enum import Enum

from certmend.judge.webpki.der import Reader
from certmend.judge.webpki.rejection import (
    BAD_CONSTRAINT,
    BAD_DER,
    BAD_DNS_NAME,
    BAD_MASK,
    Rejection,
)

OTHER_NAME = 0
EMAIL = 1
DNS = 2
DIRECTORY = 4
URI = 6
ADDRESS = 7
_TAGS = {0xA0: 0, 0x81: 1, 0x82: 2, 0xA3: 3, 0xA4: 4, 0xA5: 5, 0x86: 6, 0x87: 7, 0x88: 8}
_NAME_LIMIT = 253
_LABEL_LIMIT = 63
_ALLOWED = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


class Role(Enum):
    """Which side of a comparison a DNS name stands on."""

    REFERENCE = "reference"
    PRESENTED = "presented"
    PERMITTED = "permitted"
    EXCLUDED = "excluded"


def general_names(content: bytes | None) -> Iterator[tuple[int, bytes]]:
    """The kind and value of each GeneralName; raises `Rejection` at one that is none."""
    reader = Reader(content or b"")
    while not reader.at_end:
        yield general_name(reader)


def general_name(reader: Reader) -> tuple[int, bytes]:
    """One GeneralName: its number in RFC 5280, section 4.2.1.6, and its value."""
    tag, value = reader.any()
    kind = _TAGS.get(tag)
    if kind is None:
        raise Rejection(BAD_DER)
    return kind, value


def names_host(alternative_names: bytes | None, host: bytes) -> bool:
    """Whether one of the DNS names is the host; raises `Rejection` at a name that is none."""
    for kind, presented in general_names(alternative_names):
        if kind != DNS:
            continue
        try:
            if matches(presented, host, Role.REFERENCE):
                return True
        except Rejection as refused:
            if refused.kind is not BAD_DNS_NAME:
                raise
    return False


def names_address(alternative_names: bytes | None, packed: bytes) -> bool:
    """Whether one of the addresses is the host's; raises `Rejection` at a name that is none."""
    found = (value for kind, value in general_names(alternative_names) if kind == ADDRESS)
    return any(value == packed for value in found)


def matches(presented: bytes, reference: bytes, role: Role) -> bool:
    """Whether a certificate's DNS name fits a host, or lies in a subtree of a constraint.

    Raises `Rejection` when one of the two is no DNS name.
    """
    if not valid(presented, Role.PRESENTED):
        raise Rejection(BAD_DNS_NAME)
    if not valid(reference, role):
        raise Rejection(BAD_DNS_NAME if role is Role.REFERENCE else BAD_CONSTRAINT)
    shown, wanted = presented.lower(), reference.lower()
    if role is not Role.REFERENCE and len(shown) > len(wanted):
        if not wanted:
            return True
        cut = len(shown) - len(wanted)
        if not wanted.startswith(b".") and shown[cut - 1 : cut] != b".":
            return False
        shown = shown[cut:]
    if shown.startswith(b"*") and role is not Role.PERMITTED:
        dot = wanted.find(b".", 1)
        if dot < 0:
            return False
        shown, wanted = shown[1:], wanted[dot:]
    return shown == wanted or (role is Role.REFERENCE and shown + b"." == wanted)


def valid(name: bytes, role: Role) -> bool:
    """Whether it is a DNS name: a wildcard is one whole label, a constraint may be empty."""
    constraint = role in (Role.PERMITTED, Role.EXCLUDED)
    if len(name) > _NAME_LIMIT:
        return False
    if constraint and not name:
        return True
    wildcard = role is Role.PRESENTED and name.startswith(b"*")
    if wildcard:
        if not name.startswith(b"*."):
            return False
        name = name[2:]
    elif constraint and name.startswith(b"."):
        name = name[1:]
    labels = name.split(b".")
    if role is Role.REFERENCE and len(labels) > 1 and not labels[-1]:
        labels.pop()
    if wildcard and len(labels) < 2:
        return False
    return all(_label(label) for label in labels) and not labels[-1].isdigit()


def _label(label: bytes) -> bool:
    return (
        0 < len(label) <= _LABEL_LIMIT
        and not label.startswith(b"-")
        and not label.endswith(b"-")
        and all(byte in _ALLOWED for byte in label)
    )


def in_network(address: bytes, network: bytes) -> bool:
    """Whether an address lies in the network of a constraint: address and mask, end to end.

    Raises `Rejection` for lengths that fit neither version, and for a mask with holes.
    """
    if len(address) not in (4, 16):
        raise Rejection(BAD_DER)
    if len(network) not in (8, 32):
        raise Rejection(BAD_MASK)
    if len(network) != 2 * len(address):
        return False
    mask = network[len(address) :]
    for number, (byte, base, kept) in enumerate(zip(address, network, mask, strict=False)):
        # Checked byte by byte: a mask is not looked at behind the first byte that differs.
        ones = f"{kept:08b}".rstrip("0")
        if "0" in ones or (kept and any(one != 0xFF for one in mask[:number])):
            raise Rejection(BAD_MASK)
        if (byte ^ base) & kept:
            return False
    return True
