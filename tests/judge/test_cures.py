"""The cure fits the place: a file that the system writes anew is not edited, a proxy counts."""

import msgspec
import pytest
from builders import (
    CERTIFI,
    SYSTEM,
    a_client,
    a_new_client,
    a_store,
    an_attempt,
    facts,
    refused,
    the,
)

from certmend.lab.pki import Authority
from certmend.model.client import Trust

OTHER = Authority.root("Other Root CA")
MADE = a_store(SYSTEM, OTHER, generated=True)
MINE = a_store("/etc/mine.pem", OTHER)
REFUSED = an_attempt(failure=refused(20))


def bundled(path, *, replaces):
    return {"stores": (path,), "bundle": path, "bundle_origin": "PIP_CERT", "replaces": replaces}


@pytest.mark.parametrize(
    "client", [a_client(**bundled(SYSTEM, replaces=True)), a_client(stores=(SYSTEM,))]
)
def test_a_generated_bundle_is_not_edited(client):
    """The second is Debian's own pip: the system's file is its own store."""
    seen = facts(REFUSED, client=client, trusts=(), stores=(MADE,))
    seen = msgspec.structs.replace(seen, stores=(MADE,))
    (cure,) = the("untrusted-root", seen).cure
    assert "Install" in cure
    assert "update-ca-certificates" in cure
    assert f"{SYSTEM} is made from it" in cure


def test_a_file_of_ones_own_is_edited():
    client = a_new_client(
        **{**bundled("/etc/mine.pem", replaces=False), "stores": (CERTIFI, SYSTEM)}
    )
    (cure,) = the(
        "untrusted-root", facts(REFUSED, client=client, trusts=(), stores=(MADE, MINE))
    ).cure
    assert cure.startswith("Add ")
    assert "update-ca-certificates" not in cure


def test_a_proxy_takes_a_pips_own_roots_away():
    """pip 24.2 to 25.1: the same CA is trusted without a proxy, and not behind one."""
    proxied = Trust(mechanism="system", stores=(SYSTEM,))
    client = a_client("24.2", "3.13.0", mechanism="truststore", stores=(CERTIFI, SYSTEM))
    client = msgspec.structs.replace(client, trust_behind_proxy=proxied)
    tried = an_attempt(failure=refused(20), via="http://proxy.corp.example:3128/")
    cure = the("untrusted-root", facts(tried, client=client, stores=(MADE,))).cure
    assert "behind a proxy" in cure[0]
    assert "25.2" in cure[1]
    assert not any("PIP_CERT" in one for one in cure)
