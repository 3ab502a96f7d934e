"""A real squid between pip and its index: what it does is told apart from what the index does."""

import json
import subprocess

import pytest
import squid

from certmend.lab.lab import Lab, index_url
from certmend.lab.pki import Authority

HOST = "registry.corp.example"


@pytest.fixture(autouse=True)
def squid_here():
    squid.needed()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "squid"
    made.mkdir()
    return made


def met(pip, run, clean, url, proxy, **variables):
    """What the real pip says when it fails, empty when it works; and certmend's findings."""
    settings = {"PIP_INDEX_URL": url, "HTTPS_PROXY": proxy, **variables}
    command = [pip.path, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--retries", "0"]
    real = subprocess.run(
        [*command, "-d", f"{clean['HOME']}/files", "billing"],
        env={**clean, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = run(
        "diagnose", "--python", pip.path, "--package", "billing", "--format", "json", **settings
    )
    found = json.loads(said.stdout)["findings"]
    return real.returncode and real.stderr, [one for one in found if one["severity"] != "note"]


@pytest.mark.parametrize(
    ("manner", "user", "words"),
    [
        ("serves", "", None),
        ("asks", "reader:let%20me%20in@", None),
        ("asks", "", "asks for a password (407)"),
        ("asks", "reader:wrong@", "asks for a password (407)"),
        ("refuses", "", "refuses the tunnel (403)"),
    ],
)
def test_a_forward_proxy(manner, user, words, pip, run, clean, root, issuing, folder, tmp_path):
    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem)
    with Lab() as lab, squid.running(folder, manner, (HOST,)) as proxy:
        url = index_url(lab.serve(issuing.leaf(HOST), issuing), HOST)
        way = proxy.replace("//", f"//{user}")
        refused, findings = met(pip, run, clean, url, way, PIP_CERT=str(bundle))
    assert bool(refused) is (words is not None), refused
    assert [one["code"] for one in findings] == ([] if words is None else ["proxy"])
    assert all(words in one["summary"] for one in findings)


@pytest.mark.parametrize("trusted", [False, True])
def test_one_that_signs_again(trusted, pip, run, clean, folder, tmp_path):
    """No product is named where the administrator chose the CA's name; trusted, it is calm."""
    public, corporate = Authority.root("Public Root CA"), Authority.root("Corp Web Gateway CA")
    bundle = tmp_path / "ca.pem"
    bundle.write_text(corporate.pem)
    with Lab() as lab, squid.resigning(folder, corporate, public, ("pypi.org",)) as proxy:
        url = index_url(lab.serve(public.leaf("pypi.org")), "pypi.org")
        variables = {"PIP_CERT": str(bundle)} if trusted else {}
        refused, findings = met(pip, run, clean, url, proxy, **variables)
    assert bool(refused) is not trusted, refused
    assert [one["code"] for one in findings] == ([] if trusted else ["intercepting-proxy"])
    assert all("an unnamed private CA" in one["summary"] for one in findings)
