"""Whether a client verifies a URL by its settings; and that it is left alone where it does not."""

import shutil
import sys

import pytest

import certmend
from certmend import api
from certmend.model.client import ClientFacts, Scoped
from certmend.observe import roll_call
from certmend.observe.witness import names_host, verifies

NEEDS_CURL = pytest.mark.skipif(
    shutil.which("curl") is None, reason="curl is not installed (Debian package)"
)


@pytest.mark.parametrize(
    ("pattern", "covers"),
    [
        ("h.example", True),
        ("h.example:8443", True),
        ("https://h.example", True),
        ("https://h.example:8443", True),
        ("*", True),
        ("h.example:443", False),
        ("http://h.example", False),
        ("*.example", False),
        ("other", False),
        ("h.example:x", False),
    ],
)
def test_hosts_as_uv_reads_them(pattern, covers):
    assert names_host(pattern, "https://h.example:8443/simple/") is covers


def test_a_source_s_own_switch_counts_for_it_alone():
    scoped = Scoped(
        url="https://a.example/simple", scope="a", trust=ClientFacts(name="x").trust, verifies=False
    )
    client = ClientFacts(name="pdm", scoped=(scoped,))
    assert not verifies(client, "https://a.example/simple/billing/")
    assert verifies(client, "https://b.example/simple/")


def test_a_host_that_is_not_verified_gets_no_request(home, clean, backend, root, issuing):
    from certmend.lab.front import Front

    (home / ".curlrc").write_text("insecure\n")
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as front:
        url = f"https://localhost:{front.port}/simple/"
        facts = certmend.gather(certmend.Request(urls=(url,), clients=("curl",)), clean)
    (attempt,) = facts.attempts
    assert not attempt.verifies
    assert attempt.reply is None
    assert [one.code for one in api.judge(facts)] == ["verification-disabled"]


@pytest.mark.parametrize("name", ["urllib", pytest.param("curl", marks=NEEDS_CURL)])
def test_a_client_answers_for_itself(name, clean, backend, root, issuing, tmp_path):
    from certmend.lab.front import Front

    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem)
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as front:
        url = f"https://localhost:{front.port}/simple/"
        request = certmend.Request(urls=(url,), clients=(name,), python=sys.executable)
        refused = certmend.gather(request, clean)
        trusted = certmend.gather(request, {**clean, "SSL_CERT_FILE": str(bundle)})
    assert [one.code for one in api.judge(refused)] == ["untrusted-root"]
    assert next(one.client for one in api.judge(refused)).startswith(name)
    assert api.judge(trusted) == ()
    assert trusted.attempts[0].reply.status == 200


def test_a_client_that_is_not_here_is_predicted(
    clean, backend, root, issuing, tmp_path, monkeypatch
):
    from certmend.lab.front import Front

    monkeypatch.chdir(tmp_path)
    (tmp_path / "uv.lock").write_text("")
    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem)
    quiet = {**clean, "PATH": "/usr/bin:/bin"}
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as front:
        request = certmend.Request(urls=(f"https://localhost:{front.port}/",), clients=("uv",))
        refused = api.report(certmend.gather(request, quiet))
        trusted = api.report(certmend.gather(request, {**quiet, "SSL_CERT_FILE": str(bundle)}))
    assert [(one.works, one.asked) for one in refused.outcomes] == [(False, False)]
    assert [one.code for one in refused.findings] == ["untrusted-root"]
    assert [(one.works, one.asked) for one in trusted.outcomes] == [(True, False)]


def test_an_answer_of_uvs_index_is_no_failure_of_the_way_there():
    uv = next(one for one in roll_call.every() if one.name == "uv")
    said = "error: Failed to fetch: https://h.example/simple/ cause: HTTP status client error ({}"
    assert uv.asking.reached.match(said.format("401 Unauthorized)"))
    assert not uv.asking.reached.match("cause: client error (Connect) cause: tcp connect error")
