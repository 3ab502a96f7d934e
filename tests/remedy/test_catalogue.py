"""Every code has a cure, and what is to be sent to somebody has the evidence in it."""

import pytest
from builders import NOW, ROOT, a_leaf, an_attempt, facts, refused

from certmend import registry
from certmend.judge.engine import causes, judge
from certmend.model.finding import Certainty, Evidence, Finding, Owner, Severity
from certmend.model.plan import Advise, Safety
from certmend.remedy import propose
from certmend.remedy.cure import Cure
from certmend.remedy.ground import Ground

CURES = registry.load("certmend.remedy.catalogue", Cure)
HOST = "pypi.corp.example:443"


def ground(**changes):
    given = {
        "facts": facts(),
        "needs": (),
        "environment": {"HOME": "/nonexistent"},
        "roots": (),
        "platform": "linux",
        "is_root": False,
        "read_bundle": lambda _: (),
    }
    return Ground(**{**given, **changes})


def a_finding(code: str, **changes) -> Finding:
    given = {
        "code": code,
        "severity": Severity.ERROR,
        "certainty": Certainty.PROVEN,
        "summary": f"{HOST} is broken",
        "host": HOST,
        "client": "pip 24.0 (Python 3.11.7)",
        "evidence": (Evidence(label="sent", text="the evidence"),),
        "owner": Owner.REGISTRY,
        "cure": ("Do this.",),
    }
    return Finding(**{**given, **changes})


@pytest.mark.parametrize("code", [one.code for one in causes()])
def test_every_code_has_a_cure(code):
    assert any(code in one.codes for one in CURES)
    plan = propose.propose([a_finding(code)], ground())
    assert plan.remedies, code
    (step, *_) = plan.remedies[0].steps
    assert isinstance(step, Advise)
    assert "the evidence" in step.text
    assert plan.applicable == ()


@pytest.mark.parametrize("code", [one.code for one in causes()])
def test_of_what_works_there_is_no_letter_to_write(code):
    noted = a_finding(code, severity=Severity.NOTE)
    assert not any(
        one.safety is Safety.NEVER for one in propose.propose([noted], ground()).remedies
    )


def test_a_cure_names_only_codes_that_exist():
    known = {one.code for one in causes()}
    for one in CURES:
        assert one.codes <= known


def advice(code: str, **changes) -> Advise:
    (remedy,) = propose.propose([a_finding(code, **changes)], ground()).remedies
    (step,) = remedy.steps
    assert remedy.safety is Safety.NEVER
    return step


@pytest.mark.parametrize(
    ("code", "owner"), [("not-a-ca", Owner.CA), ("dns", Owner.NETWORK), ("not-tls", Owner.REGISTRY)]
)
def test_a_letter_asks_its_reader_and_what_is_yours_stands_apart(code, owner):
    finding = a_finding(code, owner=owner, cure=("Ask the others.",))
    (remedy,) = propose.propose([finding], ground()).remedies
    letter, *yours = remedy.steps
    assert letter.to is owner
    assert "Ask the others." not in letter.text
    assert "2026-" in letter.text, "it says when"
    assert [(one.to, one.text) for one in yours] == (
        [] if code == "not-a-ca" else [(Owner.YOU, "Ask the others.")]
    )


def test_the_registrys_admin_is_told_where_the_chain_goes():
    step = advice("missing-intermediate")
    assert step.to is Owner.REGISTRY
    for name in ("nginx", "Apache", "Nexus", "Artifactory", "devpi", "GitLab"):
        assert name in step.text


def test_the_ca_team_gets_the_configuration_that_strict_clients_take():
    step = advice("strict-profile", owner=Owner.CA)
    assert step.to is Owner.CA
    for line in ("basicConstraints = critical, CA:true", "subjectAltName = DNS:pypi.corp.example"):
        assert line in step.text


def test_the_request_for_a_server_certificate_works(tmp_path):
    """The command in the message, run as it stands."""
    import subprocess

    text = advice("expired").text
    begin = text.index("openssl req")
    command = text[begin : text.index("server.csr") + len("server.csr")]
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    shown = subprocess.run(
        ["openssl", "req", "-in", "server.csr", "-noout", "-text"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "DNS:pypi.corp.example" in shown.stdout


def test_the_configuration_for_the_ca_team_works(tmp_path):
    """A root, an issuing CA and a leaf made with it pass OpenSSL's strict check."""
    import re
    import subprocess

    text = advice("not-a-ca", owner=Owner.CA).text
    config = "\n".join(line.strip() for line in text[text.index("[root_ca]") :].splitlines())
    (tmp_path / "x.cnf").write_text("[req]\ndistinguished_name = dn\n[dn]\n" + config)
    made = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config x.cnf -days 30"
    script = f"""
        openssl req -x509 {made} -subj /CN=Root -extensions root_ca -keyout r.key -out r.pem
        openssl req -x509 {made} -subj /CN=Issuing -extensions issuing_ca -CA r.pem -CAkey r.key -keyout i.key -out i.pem
        openssl req -x509 {made} -subj /CN=leaf -extensions server -CA i.pem -CAkey i.key -keyout s.key -out s.pem
        openssl verify -x509_strict -purpose sslserver -CAfile r.pem -untrusted i.pem s.pem
    """
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"s\.pem: OK", done.stdout)


def test_hostile_names_are_harmless_in_a_message():
    bad = a_leaf(ROOT, "x", common_name="a\x1b]0;owned\x07\u202eb")
    observed = facts(an_attempt(bad, failure=refused(20)), trusts=())
    plan = propose.propose(judge(observed), ground(facts=observed))
    text = "".join(step.text for one in plan.remedies for step in one.steps)
    assert observed.now == NOW
    for character in ("\x1b", "\x07", "\u202e"):
        assert character not in text
