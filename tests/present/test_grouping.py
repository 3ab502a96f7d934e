"""Several indexes and clients with one cause: it is told once, with all that met it."""

import msgspec
from builders import ISSUING, NOW, a_client, a_leaf, an_attempt, facts, refused

from certmend.judge import checks, engine
from certmend.lab.pki import Authority
from certmend.present.grouping import also, grouped

HOSTS = ("a.example", "b.example")
OTHER = Authority.root("Other Root CA", now=NOW)
OLDER = msgspec.structs.replace(a_client(), name="pipx")


def tried(host: str, number: int, client: str, issuer: Authority):
    shown = (a_leaf(issuer, host), issuer)
    return an_attempt(*shown, host=host, failure=refused(20), client=client, index=number)


def findings(*issuers: Authority, clients=("pip",)):
    attempts = [
        tried(host, number, client, issuer)
        for number, (host, issuer) in enumerate(zip(HOSTS, issuers, strict=True))
        for client in clients
    ]
    return facts(*attempts, clients=(a_client(), OLDER), trusts=())


def test_hosts_of_one_ca_are_one_finding_and_those_of_two_are_not():
    ((first, others),) = grouped(engine.judge(findings(ISSUING, ISSUING)))
    assert first.host == "a.example:443"
    assert also(first, others) == ("b.example:443",)
    assert len(grouped(engine.judge(findings(ISSUING, OTHER)))) == 2


def test_clients_and_hosts_are_each_named_once():
    ((first, others),) = grouped(engine.judge(findings(ISSUING, ISSUING, clients=("pip", "pipx"))))
    assert also(first, others) == ("pipx 24.0", "b.example:443")


def test_what_clients_share_of_an_index_is_one_line():
    lines = checks.checks(findings(ISSUING, ISSUING, clients=("pip", "pipx")))
    told = [one.text for one in lines if one.label == "client"]
    assert told == ["pip, pipx stopped at tls: certificate verify failed"] * 2
