"""The shipped example is really built: it fails before `certmend fix`, and builds after.

By buildah with chroot isolation: no daemon, and no registry. `make test` makes the base image;
without root, debootstrap or buildah these tests are left out.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from certmend.lab.lab import Lab, corporate

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "dockerfile"
STORE = os.environ.get("CERTMEND_IMAGES", "")
BASE = "docker.io/library/python:3-slim"
SECONDS = 80


def buildah(*arguments: str, folder: Path | str = ".") -> subprocess.CompletedProcess:
    """The environment is empty but for PATH: nothing of this machine's trust reaches the build."""
    driver = (Path(STORE) / "driver").read_text().strip()
    store = ("--root", f"{STORE}/root", "--runroot", f"{STORE}/run", "--storage-driver", driver)
    return subprocess.run(
        ["buildah", *store, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def missing() -> str:
    if not STORE:
        return "CERTMEND_IMAGES is not set: `make test` sets it"
    if shutil.which("buildah") is None:
        return "buildah is not installed (setup/debian-tests.txt)"
    made = (Path(STORE) / "driver").is_file()
    if not made or buildah("inspect", "--type", "image", BASE).returncode != 0:
        return "there is no base image: setup/base-image.sh says why (root, debootstrap, buildah)"
    return ""


MISSING = missing()
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
    pytest.mark.timeout(300),  # ten seconds a build alone, many more where others work as well
]


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(EXAMPLE, folder)
    return folder


@pytest.fixture
def image(tmp_path):
    """A name for an image, which is taken away afterwards."""
    name = f"localhost/{tmp_path.name.lower().strip('_')}"
    yield name
    buildah("rmi", name)


def build(project: Path, image: str, url: str, *options: str) -> subprocess.CompletedProcess:
    isolated = ("--isolation", "chroot", "--pull-never", "--no-cache")
    argument = ("--build-arg", f"PIP_INDEX_URL={url}")
    return buildah("bud", *isolated, *argument, *options, "-t", image, ".", folder=project)


def in_image(image: str, command: str, tmp_path: Path) -> str:
    """What a command prints in a container of the image."""
    container = buildah("from", "--pull-never", image).stdout.strip()
    try:
        done = buildah("run", "--isolation", "chroot", container, "--", "sh", "-c", command)
    finally:
        buildah("rm", container)
    assert done.returncode == 0, done.stderr
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_example_fails_before_and_builds_after(run, project, image, tmp_path):
    with Lab() as lab:
        root, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing)
        (tmp_path / "corp.pem").write_text(root.pem)
        before = contents(project)
        failed = build(project, image, url)
        assert failed.returncode != 0
        assert "CERTIFICATE_VERIFY_FAILED" in failed.stdout + failed.stderr

        said = run("fix", "Dockerfile", "--ca", "../corp.pem", "--yes", folder=project)
        assert said.returncode == 0, said.stderr
        assert (project / "corp-ca.crt").exists()
        built = build(project, image, url)
        assert built.returncode == 0, built.stdout + built.stderr

    look = "python3 -c 'import billing' && cat /etc/ssl/certs/ca-certificates.crt && env"
    inside = in_image(image, look, tmp_path)
    body = root.pem.split("-----")[2].strip()
    assert "BEGIN CERTIFICATE" in inside
    assert body not in inside  # the last stage downloads nothing: it stays without the CA
    assert "PIP_CERT" not in inside

    again = run("fix", "Dockerfile", "--ca", "../corp.pem", "--yes", folder=project)
    assert "nothing to do" in again.stdout
    assert run("undo", folder=project).returncode == 0
    assert contents(project) == before


def test_what_was_unverified_is_verified_after(run, project, image, tmp_path):
    (project / "Dockerfile").write_text(
        "FROM python:3-slim\nARG PIP_INDEX_URL\nENV PIP_RETRIES=0\nRUN useradd --create-home app\n"
        'USER app\nRUN ["pip", "install", "--user", "--trusted-host", "pypi.corp.example", "billing"]\n'
    )
    with Lab() as lab:
        root, issuing = corporate()
        port = lab.serve(issuing.leaf("pypi.corp.example"), issuing)
        url = f"https://pypi.corp.example:{port}/simple/"
        here = ("--add-host", "pypi.corp.example:127.0.0.1")
        # With another CA the build fails: the server is verified.
        (tmp_path / "corp.pem").write_text(corporate()[0].pem)
        said = run("fix", "Dockerfile", "--ca", "../corp.pem", "--yes", folder=project)
        assert said.returncode == 0, said.stderr
        assert "trusted-host" not in (project / "Dockerfile").read_text()
        failed = build(project, image, url, *here)
        assert failed.returncode != 0
        assert "CERTIFICATE_VERIFY_FAILED" in failed.stdout + failed.stderr
        run("undo", folder=project)
        (tmp_path / "corp.pem").write_text(root.pem)
        said = run("fix", "Dockerfile", "--ca", "../corp.pem", "--yes", folder=project)
        assert said.returncode == 0, said.stderr
        built = build(project, image, url, *here)
        assert built.returncode == 0, built.stdout + built.stderr


def test_with_a_secret_it_builds_and_nothing_stays(run, project, image, tmp_path):
    # One stage: whatever the build leaves would be in the image.
    lines = (project / "Dockerfile").read_text().splitlines(keepends=True)
    first = "".join(lines[: next(n for n, one in enumerate(lines) if "AS packages" in one) + 6])
    (project / "Dockerfile").write_text(first)
    with Lab() as lab:
        root, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing)
        (tmp_path / "corp.pem").write_text(root.pem)
        said = run("fix", "Dockerfile", "--method", "build-secret", "--yes", folder=project)
        assert said.returncode == 0, said.stderr
        made = run("bundle", "build", "../corp.pem", "-o", "../ca-bundle.pem", folder=project)
        assert made.returncode == 0, made.stderr
        built = build(project, image, url, "--secret", "id=ca-bundle,src=../ca-bundle.pem")
        assert built.returncode == 0, built.stdout + built.stderr
    body = root.pem.split("-----")[2].strip().splitlines()[1]
    inside = in_image(
        image,
        f"env; find /run/secrets -type f; grep -rl {body} /etc /run /usr/local || true",
        tmp_path,
    )
    assert "PIP_CERT" not in inside
    assert "ca-bundle" not in inside
    assert "/etc/ssl" not in inside
