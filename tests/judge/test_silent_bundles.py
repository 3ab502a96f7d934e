"""A bundle that a client cannot use and passes over: what it leaves untrusted is no other cause."""

import pytest
from builders import (
    CERTIFI,
    ISSUING,
    LEAF,
    a_client,
    a_store,
    an_attempt,
    codes,
    facts,
    refused,
    shown,
    the,
)

from certmend.model.store import StoreProblem

PATH = "/etc/corp/ca.der"


def told(problem: StoreProblem | None, failure=None):
    store = a_store(PATH, problem=problem, detail="it is wrong", usable=problem is None)
    client = a_client(stores=(CERTIFI, PATH), bundle=PATH, bundle_origin="SSL_CERT_FILE")
    attempt = an_attempt(LEAF, ISSUING, failure=failure)
    return facts(attempt, client=client, trusts=(), stores=(store,))


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (StoreProblem.DER, "bundle-invalid"),
        (StoreProblem.NO_HASH_LINKS, "bundle-invalid"),
        (StoreProblem.ABSENT, "bundle-not-found"),
        (None, "untrusted-root"),
    ],
)
def test_it_is_the_cause_where_a_server_is_not_trusted(problem, code):
    observed = told(problem, refused(20))
    assert codes(observed) == [code]
    if problem:
        found = the(code, observed)
        assert found.certainty == "likely"
        assert PATH in shown(found)


def test_it_is_none_where_the_server_is_trusted():
    assert codes(told(StoreProblem.DER)) == []


def test_an_intermediate_that_is_trusted_alone_names_the_root_that_is_not():
    attempt = an_attempt(LEAF, failure=refused(2))
    found = the("untrusted-root", facts(attempt, trusts=(ISSUING,)))
    assert '"Corp Root CA", which pip does not trust' in found.summary
