"""Chains with faults planted by chance, from a seed: the same on every run."""

import datetime as dt
import random
from typing import Any, NamedTuple

from certmend.lab.pki import Authority, Credential, Leaf

HOST = "pypi.corp.example"
_DAY = dt.timedelta(days=1)
_OF_LEAF: tuple[dict[str, Any], ...] = (
    {"not_after": -1},
    {"not_before": 1},
    {"extended_key_usage": ("client_auth",)},
    {"extended_key_usage": ("client_auth", "server_auth")},
    {"key_usage": ("crl_sign",)},
    {"key_usage": ("key_cert_sign", "digital_signature")},
    {"key": "rsa2048"},
    {"key": "rsa1024"},
    {"key": "ed25519"},
    {"digest": "sha1"},
    {"unknown_critical": True},
    {"damaged": True},
    {"without": ("aki",)},
    {"without": ("ski",)},
    {"without": ("san",)},
    {"without": ("basic_constraints",)},
    {"without": ("key_usage",)},
    {"ca": True},
    {"ca": True, "path_length": 0},
    {"version": 1},
    {"serial": -5},
    {"serial": 1 << 230},
    {"addresses_as_dns": True},
    {"organization": "Corp"},
)
_OF_CA: tuple[dict[str, Any], ...] = (
    {"not_after": -1},
    {"not_before": 1},
    {"ca": False},
    {"path_length": 0},
    {"key_usage": ("crl_sign",)},
    {"without": ("key_usage",)},
    {"without": ("ski",)},
    {"without": ("aki",)},
    {"without": ("basic_constraints",)},
    {"basic_constraints_critical": False},
    {"permitted": ("corp.example",)},
    {"permitted": ("other.example",)},
    {"excluded": ("corp.example",)},
    {"excluded": ("pypi.corp.example", "192.0.2.0/24")},
    {"permitted": ("192.0.2.0/24",)},
    {"extended_key_usage": ("client_auth",)},
    {"key": "rsa1024"},
    {"key": "p384"},
    {"digest": "sha1"},
    {"unknown_critical": True},
    {"damaged": True},
    {"version": 1},
)
_NAMES = (
    (HOST,),
    ("*.corp.example",),
    ("x.example", HOST),
    ("192.0.2.7",),
    (HOST, "192.0.2.7"),
    ("other.example",),
    ("*.example",),
)


class Chain(NamedTuple):
    """What a server sends, what a client trusts, and the host that it asks for."""

    sent: tuple[bytes, ...]
    trusted: tuple[bytes, ...]
    host: str
    planted: str
    leaf: Leaf
    """The same once more, with keys: for a server."""
    rest: tuple[Credential, ...]


def chains(seed: int, count: int, now: dt.datetime) -> list[Chain]:
    """So many chains, each with up to three faults."""
    chance = random.Random(seed)
    return [_chain(chance, now) for _ in range(count)]


def _chain(chance: random.Random, now: dt.datetime) -> Chain:
    said: list[str] = []

    def some(of: tuple[dict[str, Any], ...], share: float) -> dict[str, Any]:
        picked = dict(chance.choice(of)) if chance.random() < share else {}
        if picked:
            said.append(str(picked))
        for edge in picked.keys() & {"not_before", "not_after"}:
            picked[edge] = now + picked[edge] * _DAY
        return {"now": now, **picked}

    root = Authority.root("Corp Root CA", **some(_OF_CA, 0.2))
    above: Authority = root
    between: list[Authority] = []
    for number in range(chance.choice((0, 1, 1, 1, 2))):
        above = above.intermediate(f"Corp CA {number}", **some(_OF_CA, 0.3))
        between.insert(0, above)
    leaf: Leaf = above.leaf(*chance.choice(_NAMES), **some(_OF_LEAF, 0.5))
    rest, trusted = _served(chance, leaf, between, root, now)
    return Chain(
        sent=tuple(one.der for one in (leaf, *rest)),
        trusted=tuple(one.der for one in trusted),
        host=chance.choice((HOST, HOST, HOST, "192.0.2.7", "x.example", "PyPI.corp.example")),
        planted=" | ".join(said),
        leaf=leaf,
        rest=tuple(rest),
    )


def _served(
    chance: random.Random,
    leaf: Leaf,
    between: list[Authority],
    root: Authority,
    now: dt.datetime,
) -> tuple[list[Credential], tuple[Credential, ...]]:
    """What stands behind the leaf, and what is trusted: mostly as it should be."""
    other = Authority.root("Other Root CA", now=now)
    usual: tuple[list[Credential], tuple[Credential, ...]] = (list(between), (root,))
    odd: dict[int, tuple[list[Credential], tuple[Credential, ...]]] = {
        0: ([*between, root], (root,)),
        1: (list(reversed(between)), (root,)),
        2: ([], (root,)),
        3: (list(between), (other,)),
        4: (list(between), (root.rotated(now=now),)),
        5: (list(between), tuple(between[:1]) or (root,)),
        6: (list(between), (leaf,)),
        7: ([*between, other, leaf], (root,)),
    }
    return odd.get(chance.randrange(12), usual)
