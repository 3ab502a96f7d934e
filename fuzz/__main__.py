"""Certificates and PEM files made by a coverage-guided fuzzer, judged by every profile.

`python -m fuzz SECONDS` runs in an environment that has atheris. It ends with 0 when nothing was
raised in that time.
"""

import datetime as dt
import json
import sys

import atheris

with atheris.instrument_imports(include=["certmend"]):
    from certmend.judge import batch, profiles
    from certmend.judge.inspect import inspect
    from certmend.model import pem
    from certmend.model.inspection import Material
    from certmend.model.store import TrustStore
    from certmend.model.view import View
    from certmend.present import inspection, inspection_text

from certmend.lab.pki import Authority, pem_bundle

_NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
_HOST = "pypi.corp.example"
_ROOT = Authority.root(now=_NOW)
_ISSUING = _ROOT.intermediate(now=_NOW)
_LEAF = _ISSUING.leaf(_HOST, now=_NOW)
_NOTHING = TrustStore(name="none", path="none")


def one_input(content: bytes) -> None:
    """The bytes as a certificate, as a PEM file, and as a line of a batch."""
    changed = _changed(_LEAF.der, content)
    for chain in ((content,), (changed, _ISSUING.der), pem.certificates(content).certificates):
        _judge(chain, (_ROOT.der,))
    _judge((_LEAF.der, _ISSUING.der), (_changed(_ROOT.der, content),))
    list(batch.answers([content.replace(b"\n", b""), _case(content)], lambda _: ()))


def _changed(der: bytes, content: bytes) -> bytes:
    """A certificate with some of its bytes exchanged for the fuzzer's."""
    at = int.from_bytes(content[:2], "big") % len(der)
    return der[:at] + content[2:] + der[at + len(content[2:]) :]


def _judge(chain: tuple[bytes, ...], anchors: tuple[bytes, ...]) -> None:
    given = TrustStore(name="given", path="given.pem", anchors=anchors)
    material = Material(
        target="fuzz",
        host=_HOST,
        at=_NOW,
        chain=chain,
        given=given,
        system=_NOTHING,
        mozilla=_NOTHING,
    )
    found = inspect(material, profiles.ALL)
    json.loads(inspection.render(found))
    inspection_text.render(found, View())


def _case(content: bytes) -> bytes:
    text = content.decode("latin-1")
    trust = pem_bundle(_ROOT) + text
    case = {"chain": text, "trust": trust, "host": text[:60], "at": "2026-06-01T00:00:00Z"}
    return json.dumps(case).encode()


def main() -> None:
    """Fuzz for so many seconds."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    options = [f"-max_total_time={seconds}", "-max_len=2000", "-timeout=20", "-verbosity=0"]
    options += ["-print_final_stats=1", "-artifact_prefix=.tools/"]
    atheris.Setup([sys.argv[0], *options], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
