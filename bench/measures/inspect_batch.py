"""Many chains: `certmend inspect --batch` against the bare verdicts of pyOpenSSL.

The peer reads the same lines and lets OpenSSL verify, through the one way that gives CPython's
verdict: a TLS client on memory BIOs, with time, host, purpose and security level. It finds no
causes and no further faults.
"""

import datetime as dt
import json
import os
from collections.abc import Iterator
from typing import Any

from OpenSSL import SSL, crypto
from OpenSSL.SSL import _lib  # type: ignore[attr-defined]  # the one way to the host check

from bench.measure import Measure, Row, side_by_side
from certmend import api
from certmend.lab.pki import Authority, pem_bundle
from certmend.model import pem, wire

_CASES = 1500
_SHARE = 0.7
_ROUNDS = 3
_NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
_DAY = dt.timedelta(days=1)


def rows() -> Iterator[Row | str]:
    """One comparison, over all cores as the command does it."""
    lines = [json.dumps(one).encode() for one in _cases()]
    processes = os.cpu_count() or 1
    ours, peer = side_by_side(
        lambda: list(api.inspect_batch(lines, processes)),
        lambda: [_bare(json.loads(line)) for line in lines],
        rounds=_ROUNDS,
    )
    yield Row(f"{_CASES} chains judged", ours, peer, "pyOpenSSL", 1 / _SHARE)


def _cases() -> Iterator[dict[str, Any]]:
    """Two in three are healthy; the others are expired, for another host, or not trusted."""
    root = Authority.root("Corp Root CA", now=_NOW - 400 * _DAY)
    other = Authority.root("Other Root CA", now=_NOW - 400 * _DAY)
    issuers = [root.intermediate(f"Corp CA {n}", now=_NOW - 200 * _DAY) for n in range(20)]
    for number in range(_CASES):
        issuer, name = issuers[number % len(issuers)], f"host{number}.corp.example"
        end = _NOW - _DAY if number % 9 == 0 else _NOW + 300 * _DAY
        leaf = issuer.leaf(name, now=_NOW - 30 * _DAY, not_after=end)
        yield {
            "id": number,
            "chain": pem_bundle(leaf, issuer),
            "trust": (other if number % 9 == 3 else root).pem,
            "host": "x.example" if number % 9 == 6 else name,
            "at": "2026-06-01T00:00:00Z",
            "profile": "openssl",
        }


def _bare(case: dict[str, str]) -> int:
    """OpenSSL's first error; 0 is good."""
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_max_proto_version(SSL.TLS1_2_VERSION)
    context.set_cipher_list(b"ECDHE-ECDSA-AES128-GCM-SHA256:@SECLEVEL=2")
    found: list[int] = []

    def collect(_: SSL.Connection, __: crypto.X509, code: int, ___: int, ok: int) -> bool:
        if not ok:
            found.append(code)
        return True

    context.set_verify(SSL.VERIFY_PEER, collect)
    store = context.get_cert_store() or crypto.X509Store()
    for der in pem.certificates(case["trust"].encode()).certificates:
        store.add_cert(crypto.load_certificate(crypto.FILETYPE_ASN1, der))
    store.set_time(dt.datetime.fromisoformat(case["at"]))
    connection = SSL.Connection(context, None)
    connection.set_connect_state()
    parameters = _lib.SSL_get0_param(connection._ssl)  # noqa: SLF001
    host = case["host"].encode()
    _lib.X509_VERIFY_PARAM_set1_host(parameters, host, len(host))
    connection.bio_write(wire.server_flight(pem.certificates(case["chain"].encode()).certificates))
    try:
        connection.do_handshake()
    except SSL.Error:
        return found[0] if found else 0
    return 0


INSPECT_BATCH = Measure(name="inspect_batch", rows=rows)
