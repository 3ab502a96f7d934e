"""A client certificate that cannot be used: real pip stops before a healthy index, and says less."""

import json
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from certmend.lab.lab import Lab


@pytest.fixture
def files(issuing, tmp_path):
    """Client certificates by what is wrong with them."""
    mine = issuing.leaf("client")
    locked = mine.key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    contents = {
        "good": mine.pem + mine.key_pem,
        "without its key": mine.pem,
        "a locked key": mine.pem + locked.decode(),
    }
    for number, (name, content) in enumerate(contents.items()):
        path = tmp_path / f"client{number}.pem"
        path.write_text(content)
        contents[name] = str(path)
    return {**contents, "absent": str(tmp_path / "absent.pem"), "a folder": str(tmp_path)}


@pytest.mark.parametrize("name", ["good", "without its key", "a locked key", "absent", "a folder"])
def test_a_client_certificate(name, pip, run, clean, root, issuing, files, tmp_path):
    bundle = tmp_path / "ca.pem"
    bundle.write_text(root.pem)
    with Lab() as lab:
        settings = {
            "PIP_INDEX_URL": lab.index(issuing.leaf("localhost"), issuing),
            "PIP_CERT": str(bundle),
            "PIP_CLIENT_CERT": files[name],
        }
        real = subprocess.run(
            [pip.path, "-m", "pip", "download", "--retries", "0", "--no-deps", "billing"],
            env={**clean, **settings},
            cwd=tmp_path,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            timeout=60,
            check=False,
        )
        said = run("diagnose", "--python", pip.path, "--format", "json", **settings)
    assert (real.returncode != 0) is (name != "good"), real.stderr
    found = json.loads(said.stdout)["findings"]
    assert [one["code"] for one in found] == ([] if name == "good" else ["client-cert-required"])
    for one in found:
        assert one["where"] == "PIP_CLIENT_CERT"
        assert "cannot be used" in one["summary"]
        assert ("encrypted" in json.dumps(one["evidence"])) is (name == "a locked key")
