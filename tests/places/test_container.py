"""The image recipe: built and run by `make image`, with buildah and without a daemon.

Where the recipe's base cannot be pulled, a Debian with Python takes its place, from the mirror
that this machine uses.
"""

import os
import re
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from repositories import INSECURE, PROJECT

RECIPE = (PROJECT / "Containerfile").read_text(encoding="utf-8")
BASE = re.search(r"^ARG BASE=(\S+)$", RECIPE, re.MULTILINE)[1]
WANTED = bool(os.environ.get("CERTMEND_IMAGE"))
PROBE = "id -u; certmend --version; certmend lint -q --select trusted-host /tmp/Dockerfile; echo $?"
LEFT = "ls -d /source /run/secrets /etc/pip.conf /root/.cache/pip /home/certmend/.cache 2>/dev/null"


def test_the_base_is_pinned_by_a_tag_and_nobody_runs_it_as_root():
    assert re.fullmatch(r"docker\.io/library/python:\d+\.\d+-slim-\w+", BASE)
    assert re.findall(r"^FROM (\S+)", RECIPE, re.MULTILINE) == ["${BASE}"] * 2
    users = re.findall(r"^USER (\d+)$", RECIPE, re.MULTILINE)
    assert users
    assert all(int(one) > 0 for one in users)


def stand_in(buildah, folder: Path) -> str:
    """An image of Debian with Python, tagged for this test."""
    sources = Path("/etc/apt/sources.list.d/debian.sources").read_text(encoding="utf-8")
    mirror = re.search(r"^URIs: (\S+)", sources, re.MULTILINE)[1]
    suite = re.search(r"^Suites: (\S+)", sources, re.MULTILINE)[1]
    packages = "--include=python3,python3-venv,ca-certificates"
    words = ["debootstrap", "--variant=minbase", packages, suite, str(folder / "root"), mirror]
    subprocess.run(words, check=True, capture_output=True, timeout=900)
    container = buildah("from", "scratch").stdout.strip()
    buildah("add", "--quiet", container, str(folder / "root"), "/")
    buildah("commit", "--quiet", container, "localhost/base:test")
    return "localhost/base:test"


@pytest.mark.timeout(1800)
@pytest.mark.skipif(not WANTED, reason="`make image` builds it")
def test_it_is_built_and_runs(tmp_path):
    for program in ("buildah", "debootstrap"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    store = [
        "--storage-driver",
        "vfs",
        "--root",
        str(tmp_path / "s"),
        "--runroot",
        str(tmp_path / "r"),
    ]
    run = partial(subprocess.run, capture_output=True, text=True, timeout=900)

    def buildah(*words: str, check: bool = True):
        return run(["buildah", *store, *words], check=check)

    pulled = buildah("pull", "--quiet", BASE, check=False)
    base = BASE if pulled.returncode == 0 else stand_in(buildah, tmp_path)
    certificates = os.environ.get("PIP_CERT", "/etc/ssl/certs/ca-certificates.crt")
    (tmp_path / "pip.conf").write_text("[global]\ncert = /run/secrets/ca\n")
    secrets = [f"--secret=id=pip,src={tmp_path}/pip.conf", f"--secret=id=ca,src={certificates}"]
    words = ["--isolation", "chroot", "--build-arg", f"BASE={base}", *secrets]
    buildah("build", *words, "--tag", "localhost/certmend:test", str(PROJECT))
    container = buildah("from", "localhost/certmend:test").stdout.strip()
    (tmp_path / "Dockerfile").write_text(INSECURE)
    buildah("copy", container, str(tmp_path / "Dockerfile"), "/tmp/Dockerfile")
    said = buildah("run", "--isolation", "chroot", container, "--", "sh", "-c", PROBE).stdout
    identity, version, finding, *_, status = said.splitlines()
    assert int(identity) > 0
    assert version.startswith("certmend ")
    assert "error[trusted-host]" in finding
    assert status == "1"
    left = buildah(
        "run",
        "--user",
        "root",
        "--isolation",
        "chroot",
        container,
        "--",
        "sh",
        "-c",
        LEFT,
        check=False,
    )
    assert left.stdout == ""
