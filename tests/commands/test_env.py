"""`certmend env`: what is printed sets the variables, in the shell itself."""

import json
import shutil
import subprocess

import pytest

from certmend.commands import env
from certmend.remedy import variables

NAME = 'it\'s a $HOME "bundle".pem'


@pytest.fixture
def bundle(tmp_path, run, root):
    folder = tmp_path / "a b"
    folder.mkdir()
    (folder / "corp.pem").write_text(root.pem)
    path = folder / NAME
    said = run("bundle", "build", str(folder / "corp.pem"), "-o", str(path))
    assert said.returncode == 0, said.stderr
    return path


def test_the_choices_are_those_that_can_be_written():
    assert env._SHELLS == variables.SHELLS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_reads_what_was_meant(shell, run, bundle, clean):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    made = run("env", "--shell", shell, "--bundle", str(bundle)).stdout
    names = [one.name for one in variables.VARIABLES]
    script = made + "\nenv -0"
    done = subprocess.run(
        [shell, "-c", script], env=clean, capture_output=True, text=True, check=True
    )
    values = dict(one.partition("=")[::2] for one in done.stdout.split("\0") if one)
    assert {name: values[name] for name in names} == dict.fromkeys(names, str(bundle))


def test_docker_and_gitlab_name_a_path_of_another_machine(run):
    for shell, line in (
        ("docker", 'ENV PIP_CERT="/etc/corp/bundle.pem"'),
        ("gitlab", '  PIP_CERT: "/etc/corp/bundle.pem"'),
    ):
        said = run("env", "--shell", shell, "--bundle", "/etc/corp/bundle.pem")
        assert line in said.stdout.splitlines()


def test_github_has_nothing_but_assignments(run, bundle):
    said = run("env", "--shell", "github", "--bundle", str(bundle))
    assert all(line.endswith(f"={bundle}") for line in said.stdout.splitlines())


def test_one_client_alone(run, bundle):
    said = run("env", "--shell", "dotenv", "--bundle", str(bundle), "--client", "git")
    assignments = [line for line in said.stdout.splitlines() if not line.startswith("#")]
    assert assignments == [f"GIT_SSL_CAINFO={json.dumps(str(bundle))}"]
    assert run("env", "--shell", "bash", "--client", "gopher").returncode == 2


def test_without_a_bundle_it_says_how_to_make_one(run):
    said = run("env", "--shell", "bash")
    assert said.returncode == 2
    assert "certmend bundle build" in said.stderr


def test_a_lone_ca_is_warned_of_and_no_bundle_is_refused(run, tmp_path, root):
    (tmp_path / "lone.pem").write_text(root.pem)
    said = run("env", "--shell", "bash", "--bundle", str(tmp_path / "lone.pem"))
    assert said.returncode == 0
    assert "holds no public root" in said.stderr
    (tmp_path / "lone.pem").write_bytes(root.der)
    assert run("env", "--shell", "bash", "--bundle", str(tmp_path / "lone.pem")).returncode == 2


def test_write_keeps_the_profile_and_undo_restores_it(run, bundle, home):
    profile = home / ".profile"
    profile.write_text("umask 022\n")
    words = ("env", "--shell", "bash", "--bundle", str(bundle), "--write", str(profile))
    assert run(*words).returncode == 0
    assert profile.read_text().startswith("umask 022\n")
    assert "has it already" in run(*words).stderr
    assert run("undo").returncode == 0
    assert profile.read_text() == "umask 022\n"
