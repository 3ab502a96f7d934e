"""A proxy changes what pip 24.2 to 25.1 trust: real pip and certmend, with it and without."""

import json
import subprocess

import pytest
from interpreters import interpreters

from certmend.lab.lab import Lab
from certmend.lab.pki import Authority

SYSTEM_READERS = [one for one in interpreters() if one.reads_system_store]


@pytest.mark.parametrize("proxied", [False, True])
def test_a_bundle_beside_the_systems_store(proxied, run, clean, root, issuing, tmp_path):
    """The CA stands in the system's store, another in the bundle: behind a proxy it replaces."""
    if not SYSTEM_READERS:
        pytest.skip("no pip here reads the system's store")
    pip = SYSTEM_READERS[0]
    system, bundle = tmp_path / "system.pem", tmp_path / "mine.pem"
    system.write_text(root.pem)
    bundle.write_text(Authority.root("Another Root CA").pem)
    with Lab() as lab:
        url = lab.index(issuing.leaf("localhost"), issuing)
        proxy = lab.proxy({"localhost": int(url.split(":")[2].split("/")[0])}).url
        settings = {
            "PIP_INDEX_URL": url,
            "PIP_CERT": str(bundle),
            "SSL_CERT_FILE": str(system),
            **({"HTTPS_PROXY": proxy} if proxied else {}),
        }
        real = subprocess.run(
            [pip.path, "-m", "pip", "download", "--no-deps", "--retries", "0", "billing"],
            env={**clean, **settings},
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
        )
        said = run("diagnose", "--python", pip.path, "--format", "json", **settings)
    lost = proxied and pip.pip < (25, 2)
    found = json.loads(said.stdout)["findings"]
    assert (real.returncode != 0) is lost, real.stderr
    assert {one["code"] for one in found} == ({"untrusted-root"} if lost else set())
    for one in found:
        assert "the only store" in one["cure"]
        assert str(system) in json.dumps(one["evidence"])
