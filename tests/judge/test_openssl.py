"""What OpenSSL says of a captured chain is what CPython's own `ssl` says of it."""

import base64
import datetime as dt
import json
import subprocess

import pytest
from builders import HOST, ISSUING, LEAF, NOW, ROOT
from chains import chains
from interpreters import Interpreter, interpreters

from certmend.judge import older, openssl, profiles
from certmend.judge.question import NO_SUCH_HOST, UNREADABLE, Fault, Question
from certmend.lab.pki import pem_bundle
from certmend.model import wire

PYTHONS = [one for one in interpreters() if one.python >= (3, 8)]
_ASK = """
import base64, json, ssl, sys
for row in json.load(sys.stdin):
    context = ssl.create_default_context(cadata=row["anchors"])
    context.options |= ssl.OP_NO_TLSv1_3
    context.hostname_checks_common_name = row["common_name"]
    inward, outward = ssl.MemoryBIO(), ssl.MemoryBIO()
    inward.write(base64.b64decode(row["flight"]))
    try:
        context.wrap_bio(inward, outward, server_hostname=row["host"]).do_handshake()
    except ssl.SSLWantReadError:
        print(0)
    except ssl.SSLCertVerificationError as error:
        print(error.verify_code)
    except ssl.SSLError as error:
        print(0 if error.reason == "WRONG_CERTIFICATE_TYPE" else -1)
"""


def question(profile=profiles.PLAIN, **changes) -> Question:
    given = {
        "chain": (LEAF.der, ISSUING.der),
        "anchors": (ROOT.der,),
        "host": HOST,
        "at": NOW,
        "flags": profile.flags,
        "common_name": profile.common_name,
    }
    return Question(**{**given, **changes})


def asked(python: Interpreter, found, *, common_name: bool) -> list[int]:
    rows = [
        {
            "anchors": pem_bundle(*one.trusted),
            "flight": base64.b64encode(wire.server_flight(one.sent)).decode(),
            "host": one.host,
            "common_name": common_name,
        }
        for one in found
    ]
    done = subprocess.run(
        [python.path, "-c", _ASK],
        input=json.dumps(rows),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


@pytest.mark.parametrize("common_name", [True, False], ids=["cn", "nocn"])
@pytest.mark.parametrize("python", PYTHONS, ids=lambda one: one.label)
def test_it_agrees_with_every_python_on_chains_made_by_chance(python, common_name):
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    found = chains(seed=20261126, count=60, now=now)
    profile = profiles.STRICT_CHECKS if python.python >= (3, 13) else profiles.PLAIN
    ours = [
        openssl.answer(
            question(
                chain=one.sent,
                anchors=one.trusted,
                host=one.host,
                at=now,
                flags=profile.flags,
                common_name=common_name,
            )
        ).error
        or 0
        for one in found
    ]
    theirs = asked(python, found, common_name=common_name)
    different = [
        (one.planted, one.host, mine, other)
        for one, mine, other in zip(found, ours, theirs, strict=True)
        if mine != other
    ]
    assert different == []


def test_a_healthy_chain_has_a_path_to_its_anchor():
    answer = openssl.answer(question(wants_path=True))
    assert answer.trusted
    assert answer.path == (LEAF.der, ISSUING.der, ROOT.der)


def test_every_fault_is_found_and_not_only_the_first():
    leaf = ISSUING.leaf(
        "other.example", now=NOW, not_after=NOW - dt.timedelta(days=1), key="rsa1024"
    )
    answer = openssl.answer(question(chain=(leaf.der, ISSUING.der)))
    assert [fault.code for fault in answer.faults] == [66, 62, 10]


@pytest.mark.parametrize("chain", [(b"",), (b"\x30\x03",), (LEAF.der[:-1],), (LEAF.der, b"x")])
def test_what_cannot_be_parsed_is_not_trusted(chain):
    answer = openssl.answer(question(chain=chain))
    assert [fault.code for fault in answer.faults] == [UNREADABLE]
    assert answer.error is None


@pytest.mark.parametrize("host", [".example", "a..example", "x" * 64 + ".example", "a\0b"])
def test_a_host_that_nobody_can_ask_for_is_not_trusted(host):
    answer = openssl.answer(question(host=host))
    assert [fault.code for fault in answer.faults] == [NO_SUCH_HOST]


def test_one_question_leaves_nothing_behind_for_the_next():
    refused = openssl.answer(question(host="other.example"))
    assert openssl.answer(question()).trusted
    assert not refused.trusted
    assert not openssl.answer(question(anchors=())).trusted


def test_a_dropped_check_stands_where_openssl_3_has_it():
    root = ROOT.root("Corp Root CA", now=NOW, basic_constraints_critical=False)
    leaf = root.leaf("other.example", now=NOW)
    faults = (Fault(code=62, depth=0, sha256="aa"),)
    found = older.strict_as_before(faults, (leaf.der, root.der))
    assert [(one.code, one.depth) for one in found] == [(89, 1), (62, 0)]


def test_the_last_second_is_over():
    end = NOW + dt.timedelta(days=1)
    leaf = ISSUING.leaf(HOST, now=NOW, not_after=end)
    before = question(chain=(leaf.der, ISSUING.der), at=end - dt.timedelta(seconds=1))
    assert openssl.answer(before).trusted
    last = openssl.answer(question(chain=(leaf.der, ISSUING.der), at=end))
    assert [fault.code for fault in last.faults] == [10]
