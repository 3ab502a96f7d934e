"""Packages by real pips into a folder that works offline; nothing half, altered or secret in it."""

import hashlib
import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote

import jsonschema
import pytest

from certmend.lab import pages
from certmend.lab.lab import Lab, corporate
from certmend.lab.wheels import BILLING, LEDGER, build

USER, SECRET = "reader", "s3cr3t-Pa55"


class Counted:
    """An index in JSON and HTML whose file requests are counted, and may be slow."""

    def __init__(self, app, delay=0.0):
        self.app, self.delay, self.files = app, delay, []
        self.lock = threading.Lock()

    def __call__(self, environ, start):
        if environ["PATH_INFO"].startswith(("/files/", "/packages/")):
            with self.lock:
                self.files.append(environ["PATH_INFO"].rpartition("/")[2])
            return self._slowly(self.app(environ, start))
        return self.app(environ, start)

    def _slowly(self, pieces):
        body = b"".join(pieces)
        getattr(pieces, "close", int)()
        yield body[: len(body) // 2]
        time.sleep(self.delay)
        yield body[len(body) // 2 :]


@pytest.fixture
def lab():
    with Lab() as running:
        yield running


def serve(lab, app=None, **options):
    """A healthy index, and the variables of a client that trusts it."""
    root, issuing = corporate()
    url = lab.index(issuing.leaf("localhost"), issuing, app=app, **options)
    return url, lab.client(url, trusts=root).environment


@pytest.fixture
def folder(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "requirements.txt").write_text("billing\nledger\n")
    return project


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_downloads_proves_and_tells_what_is_wrong(run, lab, folder, pip):
    url, variables = serve(lab)
    python = ("--python", pip.path)
    said = run(
        "prefetch", "-r", "requirements.txt", "--with-hashes", *python, folder=folder, **variables
    )
    assert said.returncode == 0, said.stderr
    wheels = folder / "wheelhouse"
    manifest = json.loads((wheels / "certmend-manifest.json").read_text())
    jsonschema.validate(manifest, json.loads(run("schema", "manifest").stdout))
    assert manifest["complete"]
    assert manifest["trust"]["bundle_sha256"] == digest(Path(variables["PIP_CERT"]))
    assert [anchor["subject"] for anchor in manifest["indexes"][0]["anchors"]] == [
        "CN=Corp Root CA"
    ]
    for one, wheel in zip(manifest["files"], (BILLING, LEDGER), strict=True):
        assert (one["name"], one["sha256"]) == (wheel.name, wheel.sha256)
        assert (one["index"], one["size"]) == (url, len(wheel.content))
        assert one["checked"] == ["index"]
    assert set(os.listdir(folder)) == {"requirements.txt", "wheelhouse"}

    proved = run("prefetch", "--verify", "wheelhouse", *python, folder=folder)
    assert proved.returncode == 0, proved.stdout + proved.stderr
    how = "dry run" if pip.pip >= (22, 2) else "installed in a throw-away environment"
    assert f"pip install --no-index for this Python: {how}" in proved.stdout

    for settings in (
        ["--no-index", "--find-links", "wheelhouse", "-r", "wheelhouse/requirements-hashes.txt"],
        ["ledger"],
    ):
        done = subprocess.run(
            [pip.path, "-m", "pip", "install", "--target", f"site-{len(settings)}", *settings],
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(folder),
                "PIP_CONFIG_FILE": "wheelhouse/pip.conf",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
    assert (folder / "site-1" / "ledger.py").exists()

    (wheels / "extra.whl").write_text("x")
    (wheels / BILLING.name).write_bytes(BILLING.content + b" ")
    (wheels / LEDGER.name).unlink()
    proved = run("prefetch", "--verify", "wheelhouse", *python, folder=folder)
    assert proved.returncode == 1
    assert f"{BILLING.name} was altered" in proved.stdout
    assert f"{LEDGER.name} is missing" in proved.stdout
    assert "extra.whl is not in the manifest" in proved.stdout
    assert "pip install --no-index for" not in proved.stdout


def test_what_is_there_and_right_is_not_fetched_again(run, lab, folder):
    app = Counted(lab.packages())
    _, variables = serve(lab, app)
    fetch = ("prefetch", "-r", "requirements.txt")
    assert run(*fetch, folder=folder, **variables).returncode == 0
    assert sorted(app.files) == [BILLING.name, LEDGER.name]
    app.files.clear()
    again = run(*fetch, folder=folder, **variables)
    assert (again.returncode, app.files) == (0, [])
    assert "0 downloaded, 2 were there and right" in again.stdout
    (folder / "wheelhouse" / BILLING.name).write_bytes(b"altered")
    again = run(*fetch, folder=folder, **variables)
    assert (again.returncode, app.files) == (0, [BILLING.name])
    assert digest(folder / "wheelhouse" / BILLING.name) == BILLING.sha256
    # Without a manifest, the index states what is right.
    app.files.clear()
    (folder / "wheelhouse" / "certmend-manifest.json").unlink()
    (folder / "wheelhouse" / "pip.conf").unlink()
    assert run(*fetch, folder=folder, **variables).returncode == 0
    assert app.files == []


def test_an_index_that_cannot_be_used_is_explained_before_anything_is_downloaded(run, lab, folder):
    app = Counted(lab.packages())
    url, variables = serve(lab, app)
    del variables["PIP_CERT"]
    said = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert said.returncode == 1
    assert "error[untrusted-root]" in said.stdout
    host = url.split("/")[2]
    said = run(
        "prefetch", "-r", "requirements.txt", folder=folder, **variables, PIP_TRUSTED_HOST=host
    )
    assert said.returncode == 1
    assert "warning[verification-disabled]" in said.stdout
    assert not (folder / "wheelhouse").exists()
    assert app.files == []


def test_a_file_that_is_not_what_index_or_requirements_state_is_not_kept(run, lab, folder):
    wrong = BILLING
    app = pages.links_to("/files/", [wrong])

    def lying(environ, start):
        body = app(environ, start)
        return [piece.replace(wrong.sha256.encode(), b"0" * 64) for piece in body]

    _, variables = serve(lab, lying)
    (folder / "requirements.txt").write_text("billing\n")
    said = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert said.returncode == 1, said.stdout
    assert "certmend: error: pip could not download" in said.stderr
    assert not list((folder / "wheelhouse").glob("*.whl"))
    assert not json.loads((folder / "wheelhouse" / "certmend-manifest.json").read_text())[
        "complete"
    ]
    assert run("prefetch", "--verify", "wheelhouse", folder=folder).returncode == 1

    _, variables = serve(lab)
    (folder / "requirements.txt").write_text(f"billing==1.0 --hash=sha256:{'1' * 64}\n")
    said = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert said.returncode == 1
    assert not list((folder / "wheelhouse").glob("*.whl"))
    (folder / "requirements.txt").write_text(f"billing==1.0 --hash=sha256:{BILLING.sha256}\n")
    assert run("prefetch", "-r", "requirements.txt", folder=folder, **variables).returncode == 0
    manifest = json.loads((folder / "wheelhouse" / "certmend-manifest.json").read_text())
    assert manifest["files"][0]["checked"] == ["index", "requirements"]


def test_a_local_file_is_no_lie_of_the_index(run, lab, folder, pip):
    """Its own build of a version that the index has too, with other content."""
    _, variables = serve(lab)
    (folder / "vendor").mkdir()
    own = BILLING.content + b"\0"
    (folder / "vendor" / BILLING.name).write_bytes(own)
    (folder / "requirements.txt").write_text(f"vendor/{BILLING.name}\nledger\n")
    said = run(
        "prefetch", "-r", "requirements.txt", "--python", pip.path, folder=folder, **variables
    )
    assert said.returncode == 0, said.stderr
    manifest = json.loads((folder / "wheelhouse" / "certmend-manifest.json").read_text())
    found = {one["name"]: one for one in manifest["files"]}
    assert found[BILLING.name]["sha256"] == hashlib.sha256(own).hexdigest()
    assert (found[BILLING.name]["index"], found[BILLING.name]["checked"]) == ("", [])
    assert found[LEDGER.name]["checked"] == ["index"]


@pytest.mark.parametrize("name", ["..%2F..%2Fbilling-1.1.tar.gz", "..%5Cbilling-1.1.tar.gz"])
def test_a_name_with_a_path_in_it_is_refused(run, lab, folder, name):
    page = f'<a href="/files/{name}">x</a><a href="/files/{BILLING.name}">y</a>'.encode()

    def app(environ, start):
        if environ["PATH_INFO"].startswith("/simple"):
            return pages.answering("200 OK", page)(environ, start)
        return pages.answering("200 OK", BILLING.content, "application/zip")(environ, start)

    _, variables = serve(lab, app)
    said = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert said.returncode == 1
    assert "offers a file named" in said.stderr
    assert not list(folder.rglob("*billing*"))


def test_a_manifest_that_names_a_file_elsewhere_is_refused(run, lab, folder):
    _, variables = serve(lab)
    assert run("prefetch", "-r", "requirements.txt", folder=folder, **variables).returncode == 0
    path = folder / "wheelhouse" / "certmend-manifest.json"
    path.write_text(path.read_text().replace(f'"{BILLING.name}"', '"../requirements.txt"'))
    said = run("prefetch", "--verify", "wheelhouse", folder=folder)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2


def test_every_target_gets_what_it_needs_in_parallel(run, lab, folder):
    wheels = [
        BILLING,
        LEDGER,
        *(
            _tagged(build("native", "3.0"), f"cp312-cp312-{platform}")
            for platform in ("manylinux2014_x86_64", "win_amd64")
        ),
    ]
    _, variables = serve(lab, lab.packages(*wheels))
    (folder / "requirements.txt").write_text("billing\nnative\n")
    said = run(
        *("prefetch", "-r", "requirements.txt", "--with-hashes", "--python-version", "3.12"),
        *("--platform", "manylinux2014_x86_64", "--platform", "win_amd64"),
        folder=folder,
        **variables,
    )
    assert said.returncode == 0, said.stderr
    manifest = json.loads((folder / "wheelhouse" / "certmend-manifest.json").read_text())
    needs = {one["name"]: one["targets"] for one in manifest["files"]}
    both = ["Python 3.12 manylinux2014_x86_64", "Python 3.12 win_amd64"]
    assert needs[BILLING.name] == both
    assert (
        sorted(target for name, found in needs.items() if "native" in name for target in found)
        == both
    )
    hashes = (folder / "wheelhouse" / "requirements-hashes.txt").read_text()
    assert hashes.count("--hash=sha256:") == 3
    proved = run("prefetch", "--verify", "wheelhouse", folder=folder)
    assert proved.returncode == 0, proved.stdout
    assert proved.stdout.count("ok    pip install") == 2


def _tagged(wheel, tag):
    import msgspec

    name = wheel.name.replace("py2.py3-none-any", tag)
    return msgspec.structs.replace(wheel, name=name, content=wheel.content)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_whatever_ends_it_the_destination_holds_whole_files_only(
    certmend_command, run, clean, lab, folder, number
):
    app = Counted(lab.packages(), delay=0.4)
    _, variables = serve(lab, app)
    wheels = folder / "wheelhouse"
    for seen in (0, 1, 2):
        app.files.clear()
        started = subprocess.Popen(
            [certmend_command, "prefetch", "-r", "requirements.txt"],
            env={**clean, **variables},
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 40
        while len(app.files) < seen and started.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.2)
        started.send_signal(number)
        started.wait(20)
        for wheel in (BILLING, LEDGER):
            path = wheels / wheel.name
            assert not path.exists() or digest(path) == wheel.sha256
        if (wheels / "certmend-manifest.json").exists():
            json.loads((wheels / "certmend-manifest.json").read_text())
        if number == signal.SIGTERM:
            assert set(os.listdir(folder)) <= {"requirements.txt", "wheelhouse"}
    done = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert done.returncode == 0, done.stderr
    assert run("prefetch", "--verify", "wheelhouse", folder=folder).returncode == 0
    assert set(os.listdir(folder)) == {"requirements.txt", "wheelhouse"}


def test_secrets_are_in_no_file_and_no_output(run, lab, folder):
    app = lab.packages(user=USER, password=SECRET)
    url, variables = serve(lab, app)
    url = url.replace("//", f"//{USER}:{quote(SECRET)}@", 1)
    (folder / "requirements.txt").write_text(f"--index-url {url}\nbilling\n")
    good = run("prefetch", "-r", "requirements.txt", "--with-hashes", folder=folder, **variables)
    assert good.returncode == 0, good.stderr
    (folder / "requirements.txt").write_text(f"--index-url {url}\nbilling\nnothere\n")
    bad = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert bad.returncode == 1
    written = "".join(
        path.read_text() for path in (folder / "wheelhouse").iterdir() if path.suffix != ".whl"
    )
    for text in (good.stdout, good.stderr, bad.stdout, bad.stderr, written):
        assert SECRET not in text


def test_somebody_elses_pip_conf_is_left_alone(run, lab, folder):
    _, variables = serve(lab)
    (folder / "pip.conf").write_text("[global]\n")
    said = run("prefetch", "-r", "requirements.txt", "--dest", ".", folder=folder, **variables)
    assert said.returncode == 2
    assert set(os.listdir(folder)) == {"requirements.txt", "pip.conf"}
    assert (folder / "pip.conf").read_text() == "[global]\n"


@pytest.mark.parametrize(
    "arguments",
    [(), ("--verify", "nothing"), ("--verify", ".", "-r", "requirements.txt"), ("-r", "none.txt")],
)
def test_wrong_use_is_two_lines(run, folder, arguments):
    said = run("prefetch", *arguments, folder=folder)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2


def test_two_at_once_do_not_disturb_each_other(certmend_command, run, clean, lab, folder):
    _, variables = serve(lab)
    command = [certmend_command, "prefetch", "-r", "requirements.txt"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    both = [
        subprocess.Popen(command, env={**clean, **variables}, cwd=folder, **streams)
        for _ in range(2)
    ]
    assert sorted(one.wait(60) for one in both) in ([0, 3], [0, 0])
    assert run("prefetch", "--verify", "wheelhouse", folder=folder).returncode == 0
    assert set(os.listdir(folder)) == {"requirements.txt", "wheelhouse"}


def test_the_digests_of_a_json_page_are_compared(run, lab, folder):
    _, variables = serve(lab, pages.as_json([BILLING, LEDGER]))
    said = run("prefetch", "-r", "requirements.txt", folder=folder, **variables)
    assert said.returncode == 0, said.stderr
    manifest = json.loads((folder / "wheelhouse" / "certmend-manifest.json").read_text())
    assert [one["checked"] for one in manifest["files"]] == [["index"], ["index"]]
