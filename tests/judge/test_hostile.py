"""Whatever a certificate holds: it is shown and judged, and nothing is raised."""

import datetime as dt
import json

import msgspec
import pytest
from builders import HOST, ISSUING, LEAF, NOW, ROOT, a_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certmend.judge import batch, profiles
from certmend.judge.inspect import inspect
from certmend.lab import der
from certmend.lab.pki import Authority, pem_bundle
from certmend.model import certificate
from certmend.model.inspection import Material
from certmend.model.view import View
from certmend.present import inspection, inspection_text

BOUNDED = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


def material(*chain: bytes, trusts=(ROOT.der,)) -> Material:
    store = a_store("given.pem")
    return Material(
        target="chain.pem",
        host=HOST,
        at=NOW,
        chain=chain,
        given=msgspec.structs.replace(store, anchors=tuple(trusts)),
        system=a_store("system.pem"),
        mozilla=a_store("mozilla.pem"),
    )


def shown(*chain: bytes, **changes) -> str:
    """Judged by all, in both formats; the text."""
    found = inspect(material(*chain, **changes), profiles.ALL)
    json.loads(inspection.render(found))
    text = inspection_text.render(found, View(width=80))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text
    return text


def test_the_last_day_of_the_calendar_has_no_later_one():
    last = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
    late = msgspec.structs.replace(material(LEAF.der, ISSUING.der), at=last)
    assert {row.at for row in inspect(late, profiles.ALL).table} == {last}


def with_extension(identifier: str, value: bytes, *, critical: bool = False) -> bytes:
    """A leaf with one extension more, under a signature that no longer fits."""
    *head, extensions = _fields(LEAF.der)
    more = der.sequence(der.oid(identifier), der.TRUE if critical else b"", der.octet_string(value))
    listed = next(content for _, content, _ in _elements(_inner(extensions)))
    body = der.sequence(*head, der.explicit(3, der.sequence(listed, more)))
    _, *rest = [whole for *_, whole in _elements(_inner(LEAF.der))]
    return der.sequence(body, *rest)


def _elements(content: bytes):
    from certmend.model import tlv

    return list(tlv.elements(content))


def _inner(whole: bytes) -> bytes:
    return _elements(whole)[0][1]


def _fields(whole: bytes) -> list[bytes]:
    body = _elements(_inner(whole))[0][1]
    return [part for *_, part in _elements(body)]


HOSTILE = {
    "a negative serial": ISSUING.leaf(HOST, now=NOW, serial=-7).der,
    "a serial of 30 bytes": ISSUING.leaf(HOST, now=NOW, serial=1 << 239).der,
    "X.509 v1": ISSUING.leaf(HOST, now=NOW, version=1).der,
    "a name of 100 KB": ISSUING.leaf(HOST, now=NOW, common_name="A" * 100_000).der,
    "a name with escapes": ISSUING.leaf(
        HOST, now=NOW, common_name="x\x1b]0;owned\x07\u202e\r\n[bold]"
    ).der,
    "MD5 and SHA-1": ISSUING.leaf(HOST, now=NOW, digest="sha1").der,
    "alternative names that are none": with_extension("2.5.29.17", b"\x30\x82\xff"),
    "two alternative names": with_extension("2.5.29.17", b"\x30\x00"),
    "a key usage that is none": with_extension("2.5.29.15", b"\xff"),
    "constraints that are none": with_extension("2.5.29.30", b"\x05\x00", critical=True),
    "an empty extended key usage": with_extension("2.5.29.37", b"\x30\x00"),
    "an unknown algorithm": LEAF.der.replace(
        bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a8648ce3d04037f")
    ),
    "an unknown key": LEAF.der.replace(
        bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d03017f")
    ),
    "X.509 v2": LEAF.der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x01", 1),
    "X.509 v9": LEAF.der.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x08", 1),
    "nothing": b"",
    "no certificate": b"\x30\x03\x02\x01\x07",
    "half a certificate": LEAF.der[: len(LEAF.der) // 2],
    "bytes behind the certificate": LEAF.der + b"\x00" * 10,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_shown_and_judged_by_every_profile(name):
    assert "openssl" in shown(HOSTILE[name], ISSUING.der)
    assert "openssl" in shown(LEAF.der, HOSTILE[name], ISSUING.der)
    assert "openssl" in shown(LEAF.der, ISSUING.der, trusts=(ROOT.der, HOSTILE[name]))


def test_one_broken_extension_hides_no_other():
    read = certificate.read(HOSTILE["a key usage that is none"])
    assert read.dns_names == (HOST,)
    assert read.extended_key_usage == ("serverAuth",)
    assert read.problems


@BOUNDED
@given(st.data())
def test_any_byte_of_a_chain_may_be_another(data):
    which = data.draw(st.sampled_from([LEAF.der, ISSUING.der, ROOT.der]))
    at = data.draw(st.integers(0, len(which) - 1))
    changed = which[:at] + data.draw(st.binary(min_size=1, max_size=3)) + which[at + 1 :]
    chain = [changed if one is which else one for one in (LEAF.der, ISSUING.der)]
    anchors = (changed,) if which is ROOT.der else (ROOT.der,)
    shown(*chain, trusts=anchors)


@BOUNDED
@given(st.binary(max_size=400))
def test_any_bytes_may_be_a_certificate(content):
    shown(content, ISSUING.der)


@BOUNDED
@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=40))
def test_any_text_may_be_a_host_a_bundle_or_a_time(host, trust, at):
    chain = pem_bundle(LEAF, ISSUING)
    for name in profiles.BY_NAME:
        for line in (
            {"id": 1, "chain": chain, "trust": pem_bundle(ROOT), "host": host, "at": "2026-06-01"},
            {"id": 1, "chain": chain, "trust": trust, "host": HOST, "at": at},
            {"id": 1, "chain": trust, "trust": trust, "host": host, "at": at},
        ):
            said = json.dumps({**line, "profile": name}).encode()
            (answer,) = batch.answers([said], lambda _: ())
            assert json.loads(answer)["id"] == 1


@BOUNDED
@given(st.binary(max_size=200))
def test_any_line_is_answered(line):
    content = line.replace(b"\n", b"")
    answers = list(batch.answers([content], lambda _: ()))
    assert len(answers) == (1 if content.strip() else 0)
    assert all(json.loads(one)["trusted"] is False for one in answers)


@BOUNDED
@given(st.integers(-62_135_000_000, 253_390_000_000))
def test_any_time_may_be_asked_about(seconds):
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
    found = msgspec.structs.replace(material(LEAF.der, ISSUING.der), at=moment)
    assert inspection_text.render(inspect(found, profiles.ALL), View(width=80))


def test_a_loop_of_issuers_ends():
    one, two = Authority.root("One", now=NOW), Authority.root("Two", now=NOW)
    crossed = (two.cross_sign(one, now=NOW), one.cross_sign(two, now=NOW))
    leaf = one.leaf(HOST, now=NOW)
    assert "refused" in shown(leaf.der, *(each.der for each in crossed))
