"""Settings as they are found on real machines: `fix` mends them, or says in two lines what is wrong."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from test_fix import TwoIndexes, certmend, snapshot

from certmend.lab.lab import Lab


@pytest.fixture
def two(pip, tmp_path):
    with Lab() as lab:
        made = TwoIndexes(lab, pip, tmp_path / "one")
        (tmp_path / "corp.pem").write_text(made.root.pem)
        config = tmp_path / "one/home/.config/pip/pip.conf"
        # What the odd file named can no longer be told: the other CA is given as well.
        named = next(one for one in config.read_text().splitlines() if one.startswith("cert = "))
        (tmp_path / "public.pem").write_bytes(Path(named.removeprefix("cert = ")).read_bytes())
        yield made, config, (f"--ca={tmp_path}/corp.pem", f"--ca={tmp_path}/public.pem")


@pytest.mark.parametrize(
    ("change", "said", "hint"),
    [
        (lambda text: b"\xef\xbb\xbf" + text, "pip.conf", "without a byte order mark"),
        (lambda text: text + b"\n[global]\ntimeout = 3\n", "already exists", "pip config debug"),
        (lambda text: b"timeout = 3\n" + text, "no section headers", "pip config debug"),
    ],
    ids=["a byte order mark", "a section twice", "no section"],
)
def test_what_pip_cannot_read_is_said_with_the_file(change, said, hint, two, certmend_command):
    made, config, cas = two
    config.write_bytes(change(config.read_bytes()))
    before = snapshot(made.situation.folder)
    done = certmend(made.situation, certmend_command, "fix", *cas, "--yes")
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert said in first
    assert str(config) in first
    assert hint in second
    assert snapshot(made.situation.folder) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("index-url = ", "index-url\t:\t", 1),
        lambda text: text.replace("cert = ", "cert = /nowhere/x.pem ; was "),
        lambda text: text.replace("cert = ", "cert =\n    "),
    ],
    ids=["CRLF", "tabs", "a comment behind the path", "a value on the next line"],
)
def test_an_odd_file_is_mended_and_restored(change, two, certmend_command):
    made, config, cas = two
    config.write_bytes(change(config.read_text()).encode())
    real = config.with_name("real.conf")
    config.rename(real)
    config.symlink_to(real)
    before = snapshot(made.situation.folder)
    done = certmend(made.situation, certmend_command, "fix", *cas, "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert config.is_symlink()
    assert made.works(made.internal, "billing")
    assert certmend(made.situation, certmend_command, "undo").returncode == 0
    assert snapshot(made.situation.folder) == {
        **before,
        **snapshot(made.situation.folder / "files"),
    }


def a_person(command: str) -> list[str]:
    """Whoever may not read what is not theirs: root without its powers over files."""
    if os.geteuid() != 0:
        return [command]
    found = shutil.which("setpriv") or pytest.skip("there is no setpriv to take root's powers")
    return [found, "--bounding-set", "-dac_override,-dac_read_search,-fowner", command]


def test_a_bundle_that_may_not_be_read_is_replaced_by_one_that_may(two, certmend_command, tmp_path):
    made, config, cas = two
    folder = tmp_path / "theirs"
    folder.mkdir()
    secret = folder / "ca.pem"
    secret.write_text(made.root.pem)
    secret.chmod(0)
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        shutil.chown(secret, "nobody")
    lines = config.read_text().splitlines()
    config.write_text(
        "\n".join(f"cert = {secret}" if one.startswith("cert =") else one for one in lines)
    )
    done = subprocess.run(
        [*a_person(certmend_command), "fix", *cas, "--yes"],
        env=made.situation.environment,
        cwd=made.situation.folder,
        capture_output=True,
        text=True,
    )
    assert "/home/.local/share/certmend/ca-bundle.pem" in config.read_text(), done.stderr
    assert made.works(made.internal, "billing")
    secret.chmod(0o600)
