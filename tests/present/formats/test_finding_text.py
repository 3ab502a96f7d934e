"""What a person reads of findings that several clients share."""

from certmend.model.finding import Certainty, Finding, Owner, Severity
from certmend.model.view import View
from certmend.present.formats.text import finding_block
from certmend.present.printing import printed


def finding(client, cure):
    return Finding(
        code="intercepting-proxy",
        severity=Severity.NOTE,
        certainty=Certainty.PROVEN,
        owner=Owner.YOU,
        summary="a CA re-signs the traffic",
        host="pypi.corp.example:443",
        client=client,
        cure=(cure,),
    )


def test_a_cure_that_differs_only_in_the_client_is_told_once():
    shared = "Nothing is to be done for {}; others need the CA."
    first, *others = (
        finding("pip 26.3 (Python 3.11.7)", shared.format("pip")),
        finding("git 2.39.5", shared.format("git")),
        finding("npm 11.19.1", "`npm config set cafile ca.pem`"),
    )
    view = View(width=80)
    said = printed([finding_block(first, tuple(others), view)], view)
    assert said.count("Nothing is to be done") == 1
    assert "also: git 2.39.5, npm 11.19.1" in said
    assert "for npm 11.19.1: `npm config set cafile ca.pem`" in said
