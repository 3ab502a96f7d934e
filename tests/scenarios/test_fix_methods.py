"""The other ways of `fix`: variables, one host without verification, the system's store."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from environments import environment
from interpreters import Interpreter, pips
from situations import in_files, in_variables
from test_fix import TwoIndexes, certmend, snapshot

from certmend.lab.lab import Lab, corporate
from certmend.lab.scenario import find


def test_where_no_file_is_read_the_variable_is_named_and_proven(pip, certmend_command, tmp_path):
    """PIP_CONFIG_FILE is the null device: only a variable works, and no profile is to be written."""
    with Lab() as lab:
        setup = find("untrusted-root").build(lab)
        situation = in_variables(setup, pip, tmp_path / "one")
        situation.environment["PIP_CONFIG_FILE"] = os.devnull
        words = ("fix", *situation.diagnosed, "--ca", str(setup.ca_file), "--yes", "--no-profile")
        said = certmend(situation, certmend_command, *words)
        assert said.returncode == 1
        assert "to do: export PIP_CERT=" in said.stderr
        line = next(one for one in said.stderr.splitlines() if "to do" in one)
        situation.environment["PIP_CERT"] = line.partition("PIP_CERT=")[2]
        assert situation.download().returncode == 0


def test_a_bundle_in_a_variable_is_made_where_it_is_missing(pip, certmend_command, tmp_path):
    with Lab() as lab:
        setup = find("bundle-not-found").build(lab)
        situation = in_variables(setup, pip, tmp_path / "one")
        before = snapshot(situation.folder, lab.folder)
        words = ("fix", *situation.diagnosed, "--ca", str(setup.ca_file), "--yes")
        said = certmend(situation, certmend_command, *words)
        assert said.returncode == 0, said.stdout + said.stderr
        assert situation.download().returncode == 0
        certmend(situation, certmend_command, "undo")
        assert snapshot(situation.folder, lab.folder) == before | snapshot(
            situation.folder / "files"
        )


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        ((), {}, "needs `--host HOST:PORT`"),
        (("--host", "pypi.org"), {}, "pypi.org is public"),
        (("--host", "files.pythonhosted.org:443"), {}, "is public"),
        (("--host", "pypi.corp.example"), {"CI": "true"}, "refused in CI"),
    ],
)
def test_trusted_host_is_refused(words, variables, said, pip, certmend_command, tmp_path):
    with Lab() as lab:
        two = TwoIndexes(lab, pip, tmp_path / "one")
        two.situation.environment.update(variables)
        before = snapshot(two.situation.folder)
        done = certmend(
            two.situation, certmend_command, "fix", "--method", "trusted-host", *words, "--yes"
        )
        assert done.returncode == 2
        assert said in done.stderr
        assert snapshot(two.situation.folder) == before


def test_trusted_host_is_the_one_host_with_a_warning(pip, certmend_command, tmp_path):
    with Lab() as lab:
        two = TwoIndexes(lab, pip, tmp_path / "one")
        host = two.internal.removeprefix("https://").removesuffix("/simple/")
        words = ("--method", "trusted-host", "--host", host, "--yes")
        done = certmend(two.situation, certmend_command, "fix", *words)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "can replace packages" in " ".join(done.stdout.split())
        assert two.works(two.internal, "billing")
        warned = certmend(two.situation, certmend_command, "diagnose", "--fail-on", "warning")
        assert "verification-disabled" in warned.stdout
        # With the CA, the host is verified again.
        ca = str(lab.ca_file(two.root, name="given.pem"))
        again = certmend(two.situation, certmend_command, "fix", "--ca", ca, "--yes")
        assert again.returncode == 0, again.stdout + again.stderr
        assert "trusted-host without" in again.stdout
        assert two.works(two.internal, "billing")
        assert certmend(two.situation, certmend_command, "diagnose").stdout.count("warning") == 1
        for _ in range(2):
            certmend(two.situation, certmend_command, "undo")
        assert not two.works(two.internal, "billing")


def test_a_damaged_settings_file_is_said_and_left(pip, certmend_command, tmp_path):
    """pip cannot read it either: the person has to correct it."""
    with Lab() as lab:
        setup = find("untrusted-root").build(lab)
        situation = in_files(setup, pip, tmp_path / "one")
        config = Path(situation.environment["HOME"], ".config/pip/pip.conf")
        config.write_text(config.read_text() + "\n[global\n")
        before = snapshot(situation.folder)
        done = certmend(situation, certmend_command, "fix", "--ca", str(setup.ca_file), "--yes")
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 2
        assert snapshot(situation.folder) == before


_FAILS = 'fails() { if "$@"; then echo "worked: $*"; exit 9; fi; }'
NAMESPACE = ["unshare", "--mount", "--propagation", "private"]


def in_a_system_of_its_own(folder: Path, script: str, environment: dict[str, str]):
    """Run a shell script where /etc/ssl and /usr/local/share/ca-certificates are copies."""
    mounts = []
    for number, real in enumerate(
        ("/etc/ssl", "/usr/local/share/ca-certificates", "/etc/ca-certificates")
    ):
        if Path(real).exists():
            shutil.copytree(real, folder / str(number), symlinks=True)
            mounts.append(f"mount --bind {folder / str(number)} {real}")
    return subprocess.run(
        [*NAMESPACE, "sh", "-e", "-c", "\n".join((*mounts, _FAILS, script))],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def may_mount() -> bool:
    if not shutil.which("unshare") or not shutil.which("update-ca-certificates"):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="no mount namespace, or no Debian")
def test_the_systems_store_gets_the_ca_and_loses_it_again(pip, certmend_command, tmp_path):
    with Lab() as lab:
        root, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing)
        setup = lab.client(url, needs=root)
        situation = in_files(setup, pip, tmp_path / "one")
        system = tmp_path / "system"
        system.mkdir()
        environment = {**situation.environment, "PATH": os.environ["PATH"]}
        fix = f"{certmend_command} fix --python {pip.path} --method system-store --yes --ca {setup.ca_file}"
        if not pip.reads_system_store:
            done = in_a_system_of_its_own(system, fix, environment)
            assert done.returncode == 2
            assert "does not read the system's trust store" in done.stderr
            return
        script = f"""
            before=$(cat /etc/ssl/certs/ca-certificates.crt | sha256sum)
            ls -1 /etc/ssl/certs /usr/local/share/ca-certificates > before
            {fix}
            ls -1 /etc/ssl/certs /usr/local/share/ca-certificates > between
            fails cmp -s before between
            {pip.path} -m pip download --no-deps --no-cache-dir -q -d got billing
            {certmend_command} undo
            ls -1 /etc/ssl/certs /usr/local/share/ca-certificates > after
            cmp before after
            test "$before" = "$(cat /etc/ssl/certs/ca-certificates.crt | sha256sum)"
        """
        done = in_a_system_of_its_own(system, script, environment)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not may_mount(), reason="no mount namespace, or no Debian")
def test_a_name_that_the_systems_program_ignores_is_said(certmend_command, tmp_path):
    with Lab() as lab:
        root, issuing = corporate()
        setup = lab.client(lab.index(issuing.leaf("localhost"), issuing), needs=root)
        situation = in_files(setup, pips()[-1], tmp_path / "one")
        system = tmp_path / "system"
        system.mkdir()
        says = "tr -s ' \\n' ' ' < said | grep -q 'corp.pem (`update-ca-certificates` ignores it'"
        script = f"""
            cp {setup.ca_file} /usr/local/share/ca-certificates/corp.pem
            update-ca-certificates > updated 2>&1
            for one in diagnose fix; do
                fails {certmend_command} $one > said
                {says}
            done
        """
        environment = {
            **situation.environment,
            "PATH": f"{situation.environment['PATH']}:/usr/sbin",
        }
        done = in_a_system_of_its_own(system, script, environment)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not may_mount(), reason="no mount namespace, or no Debian")
def test_a_pip_that_can_is_told_to_read_the_systems_store(certmend_command, tmp_path):
    """pip 23.3 to 24.1 reads it with `use-feature = truststore`, once the CA is in it."""
    client = environment("pip", "24.0", "3.12")
    if client is None:
        pytest.skip("pip 24.0 on Python 3.12 cannot be installed here")
    pip = Interpreter(client.python, (3, 12), (24, 0))
    with Lab() as lab:
        root, issuing = corporate()
        setup = lab.client(lab.index(issuing.leaf("localhost"), issuing), needs=root)
        situation = in_files(setup, pip, tmp_path / "one")
        system = tmp_path / "system"
        system.mkdir()
        pip_conf = Path(situation.environment["HOME"], ".config/pip/pip.conf")
        download = f"{pip.path} -m pip download --no-deps --no-cache-dir -q -d got billing"
        fix = f"{certmend_command} fix --python {pip.path} --method truststore --yes"
        script = f"""
            fails {fix} --ca {setup.ca_file} 2> refused
            grep -q "does not hold" refused
            cp {setup.ca_file} /usr/local/share/ca-certificates/corp.crt
            update-ca-certificates > updated 2>&1
            fails {download}
            cp {pip_conf} before
            {fix}
            grep -q "use-feature = truststore" {pip_conf}
            {download}
            {certmend_command} undo
            cmp {pip_conf} before
            fails {download}
        """
        done = in_a_system_of_its_own(
            system, script, {**situation.environment, "PATH": os.environ["PATH"]}
        )
        assert done.returncode == 0, done.stdout + done.stderr
