"""Facts for judges, healthy until told otherwise: pip trusts the CA of the index it reaches.

    facts(an_attempt(failure=refused(20)), trusts=())

Certificates are made once for all tests, by the lab's `Authority`, around a fixed `NOW`.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from certmend.judge import engine
from certmend.lab.pki import Authority, Credential, Leaf
from certmend.model import failure
from certmend.model.attempt import Attempt, Probe, Sight
from certmend.model.client import ClientFacts, Interpreter, Trust
from certmend.model.facts import Facts, Machine
from certmend.model.failure import Failure, Stage
from certmend.model.finding import Finding
from certmend.model.index import Index, Purpose, Reply
from certmend.model.setting import Origin, OriginKind
from certmend.model.store import TrustStore
from certmend.model.url import parse

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HOST = "pypi.corp.example"
CERTIFI = "/venv/pip/_vendor/certifi/cacert.pem"
SYSTEM = "/etc/ssl/certs/ca-certificates.crt"

ROOT = Authority.root("Corp Root CA", now=NOW - 400 * DAY)
ISSUING = ROOT.intermediate("Corp Issuing CA", now=NOW - 200 * DAY)
PUBLIC_ROOT = Authority.root("Public Root CA", now=NOW - 400 * DAY)
PUBLIC = PUBLIC_ROOT.intermediate("Public Issuing CA", now=NOW - 200 * DAY)


def a_leaf(issuer: Authority = ISSUING, *names: str, **profile: Any) -> Leaf:
    """A server certificate of the lab's index, or for the names given."""
    return issuer.leaf(*(names or (HOST,)), **{"now": NOW - 30 * DAY, **profile})


LEAF = a_leaf()


def refused(code: int | None, words: str = "") -> Failure:
    """The client's word that it does not trust the server; Python 2.7 and 3.6 give no code."""
    reason = f": {words}" if words else ""
    text = f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed{reason} (_ssl.c:1006)"
    return Failure(stage=Stage.TLS, reason=failure.VERIFY, verify_code=code, text=text)


def failed(text: str, **options: Any) -> Failure:
    """The failure that certmend reads from a client's words."""
    return failure.read(text, **options)


def a_client(version: str = "24.0", python: str = "3.11.7", **trust: Any) -> ClientFacts:
    """A pip that trusts its own certifi alone, as every pip did before 24.2."""
    return ClientFacts(
        name="pip",
        version=version,
        location="/venv/pip",
        interpreter=Interpreter(path="/venv/bin/python", version=python, openssl="OpenSSL 3.0.19"),
        trust=Trust(**{"stores": (CERTIFI,), **trust}),
    )


def a_new_client(**trust: Any) -> ClientFacts:
    """A pip that reads the system's trust store as well."""
    wanted = {"mechanism": "truststore", "stores": (CERTIFI, SYSTEM), **trust}
    return a_client("25.3", "3.13.0", **wanted)


def a_store(path: str, *anchors: Credential, name: str = "a store", **changes: Any) -> TrustStore:
    """A CA file that holds these."""
    ders = tuple(one.der for one in anchors)
    return TrustStore(name=name, path=path, count=len(ders), anchors=ders, **changes)


def a_sight(*chain: Credential, server_name: str = HOST) -> Sight:
    """A handshake that showed this chain."""
    return Sight(
        server_name=server_name,
        protocol="TLSv1.3",
        cipher="TLS_AES_256_GCM_SHA384",
        chain=tuple(one.der for one in chain),
    )


def an_attempt(
    *chain: Credential, host: str = HOST, failure: Failure | None = None, **changes: Any
) -> Attempt:
    """A client that reached an index; or failed, when a failure is given."""
    sight = a_sight(*(chain or (LEAF, ISSUING)), server_name=host)
    reply = None if failure else Reply(status=200, content_type="text/html", is_index=True)
    url = parse(f"https://{host}/simple/")
    given = {
        "client": "pip",
        "url": url,
        "purpose": Purpose.INDEX,
        "index": 0,
        "failure": failure,
        "reply": reply,
        "probe": Probe(host=url.host, port=url.port, addresses=("192.0.2.1",), sight=sight),
    }
    return Attempt(**{**given, **changes})


def facts(
    *attempts: Attempt,
    client: ClientFacts | None = None,
    trusts: Sequence[Credential] = (ROOT, PUBLIC_ROOT),
    stores: Sequence[TrustStore] = (),
    **changes: Any,
) -> Facts:
    """One run; `trusts` is what the client's first store holds, `stores` are further ones."""
    client = client or a_client()
    tried = attempts or (an_attempt(),)
    own = a_store(client.trust.stores[0], *trusts, name="pip's own roots")
    given = {
        "version": "0.1",
        "now": NOW,
        "machine": Machine(platform="linux", clock_floor=NOW - 300 * DAY),
        "clients": (client,),
        "indexes": tuple(
            Index(url=one.url, origin=Origin(kind=OriginKind.FLAG, name="--index-url"))
            for one in tried
        ),
        "attempts": tried,
        "stores": (own, *stores),
        "public_roots": (PUBLIC_ROOT.der,),
    }
    return Facts(**{**given, **changes})


def codes(observed: Facts) -> list[str]:
    """The codes of all findings, in their order."""
    return [one.code for one in engine.judge(observed)]


def the(code: str, observed: Facts) -> Finding:
    """The one finding with a code."""
    (found,) = (one for one in engine.judge(observed) if one.code == code)
    return found


def shown(finding: Finding) -> str:
    """All that a person reads of a finding."""
    lines = (f"{one.label} {one.text}" for one in finding.evidence)
    return "\n".join((finding.summary, finding.where, *lines, finding.why, *finding.cure))
