"""Clients that read a bundle from a variable alone: `fix` writes it where new shells begin.

Each client is started with what a new login shell and a new interactive one really hand on.
"""

import json
import os
import shutil
import subprocess

import pytest
from test_client_fix import VARIABLES, Place, installed, place

from certmend.lab.lab import Lab

ALL = bool(os.environ.get("CERTMEND_CLIENTS"))
REQUESTS, UV, URLLIB = (
    ("requests", "2.34.2", "3.12"),
    ("uv", "0.13.9", "3.12"),
    ("urllib", "", "3.13"),
)
SLOW = (("httpx", "0.28.1", "3.13"), ("twine", "7.0.0", "3.13"), ("hatch", "1.18.2", "3.12"))
DEBIAN = {
    ".bashrc": "# mine\ncase $- in\n    *i*) ;;\n      *) return;;\nesac\nHISTSIZE=1000\n",
    ".profile": 'if [ -n "$BASH_VERSION" ]; then\n    . "$HOME/.bashrc"\nfi',
}
SHELLS = {
    "bash": (DEBIAN, {".bashrc", ".profile"}),
    "bash with a profile of its own": (
        {**DEBIAN, ".bash_profile": 'export SSL_CERT_FILE=/x REQUESTS_CA_BUNDLE="/x"\r\n'},
        {".bashrc", ".bash_profile"},
    ),
    "bash without files": ({}, {".bashrc", ".profile"}),
    "zsh": ({".zshrc": "setopt autocd\n"}, {".zshenv"}),
    "zsh that sets it later": (
        {".zshrc": "export SSL_CERT_FILE=/x\nexport REQUESTS_CA_BUNDLE=/x\n"},
        {".zshenv", ".zshrc"},
    ),
    "fish": ({}, {".config/fish/conf.d/certmend.fish"}),
    "fish that sets it later": (
        {".config/fish/config.fish": "set -gx SSL_CERT_FILE /x; set -gx REQUESTS_CA_BUNDLE /x\n"},
        {".config/fish/conf.d/certmend.fish", ".config/fish/config.fish"},
    ),
    "dash": ({".profile": "umask 022\n"}, {".profile"}),
}


def lives_in(there: Place, shell: str, files: dict[str, str]) -> None:
    """Whoever runs the client uses this shell, and has these files."""
    program = shutil.which(shell.partition(" ")[0]) or pytest.skip(f"no {shell} here")
    there.environment["SHELL"] = program
    for name, text in files.items():
        path = there.root / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def handed_on(there: Place, option: str, *without: str) -> dict[str, str]:
    """What a new shell hands on, in which the variables were not set before."""
    given = {name: value for name, value in there.environment.items() if name not in without}
    done = subprocess.run(
        [given["SHELL"], option, "-c", "env -0"],
        env=given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    words = done.stdout.decode().split("\0")
    return dict(one.split("=", 1) for one in words if "=" in one)


def options(there: Place) -> tuple[str, ...]:
    """A login shell and an interactive one; dash reads no file for the second."""
    return ("-l",) if there.environment["SHELL"].endswith("dash") else ("-l", "-i")


def start(lab: Lab, spec, tmp_path, shell: str) -> tuple[Place, str, str]:
    there, fingerprint = place(lab, spec, "site-packages/certifi/cacert.pem", tmp_path)
    name = VARIABLES.get(spec[0], "SSL_CERT_FILE")
    files, _ = SHELLS[shell]
    if name not in str(files):  # a variable of the client's own
        files = {one: text.replace("REQUESTS_CA_BUNDLE", name) for one, text in files.items()}
    lives_in(there, shell, files)
    there.environment[name] = str(tmp_path / "trusted/site-packages/certifi/cacert.pem")
    return there, fingerprint, name


CASES = [(REQUESTS, one) for one in SHELLS] + [(UV, "bash"), (URLLIB, "zsh")]
if ALL:
    CASES = [(client, shell) for client in (REQUESTS, UV, URLLIB, *SLOW) for shell in SHELLS]


@pytest.mark.parametrize(
    ("spec", "shell"), CASES, ids=lambda one: one if type(one) is str else one[0]
)
@pytest.mark.timeout(300)
def test_it_fails_fix_it_works_in_every_new_shell_undo_it_fails(
    spec, shell, certmend_command, tmp_path
):
    with Lab() as lab:
        there, fingerprint, name = start(lab, spec, tmp_path, shell)
        before = there.files()
        assert not there.works(there.internal)
        assert there.works(there.public)
        words = ("fix", *there.asked(), "--fingerprint", fingerprint)
        shown = there.certmend(certmend_command, *words, "--diff")
        assert shown.returncode == 1
        assert "+# >>> certmend >>>" in shown.stdout
        assert "--no-profile" in shown.stdout
        assert there.files() == before
        fixed = there.certmend(certmend_command, *words, "--yes")
        assert fixed.returncode == 0, fixed.stdout + fixed.stderr
        home = str(tmp_path / "home") + "/"
        after = there.files()
        changed = {path.removeprefix(home) for path in after if before.get(path) != after[path]}
        assert {one for one in changed if ".local/share" not in one} == SHELLS[shell][1]
        for option in options(there):
            new = there._replace(environment=handed_on(there, option, name))
            assert new.environment[name].endswith("certmend/ca-bundle.pem")
            assert new.everything(), f"{shell} {option}"
        again = there.certmend(certmend_command, *words, "--yes")
        assert again.returncode == 0, again.stdout + again.stderr
        assert "nothing had to be written" in again.stderr
        assert there.files() == after
        undone = there.certmend(certmend_command, "undo")
        assert undone.returncode == 0, undone.stderr
        assert there.files() == before
        new = there._replace(environment=there.environment | handed_on(there, "-l", name))
        assert not new.works(there.internal)


def the_shell_says(fixed: subprocess.CompletedProcess[str]) -> str:
    return fixed.stderr.partition("this one after `")[2].partition("`")[0]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "dash"])
def test_this_shell_has_it_after_the_command_that_is_told(shell, certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint, name = start(lab, REQUESTS, tmp_path, shell)
        words = ("fix", *there.asked(), "--fingerprint", fingerprint, "--yes")
        command = the_shell_says(there.certmend(certmend_command, *words))
        # Debian's .bashrc is for interactive shells, which is what a person types into.
        typed = f"{command}\nenv -0 | tr '\\0' '\\n'"
        done = subprocess.run(
            [there.environment["SHELL"], *(() if shell == "dash" else ("-i",)), "-c", typed],
            env={**there.environment, name: ""},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert f"{name}={tmp_path}/home/.local/share/certmend/ca-bundle.pem" in done.stdout


def test_githubs_file_is_written_in_its_jobs(certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint, name = start(lab, REQUESTS, tmp_path, "bash")
        file = tmp_path / "project" / "github-env"
        file.write_text("OTHER=1")
        there.environment.update(CI="true", GITHUB_ENV=str(file))
        before = there.files()
        words = ("fix", *there.asked(), "--fingerprint", fingerprint, "--yes")
        fixed = there.certmend(certmend_command, *words)
        assert fixed.returncode == 0, fixed.stdout + fixed.stderr
        assert "the steps that follow have it" in fixed.stderr
        value = str(tmp_path / "home/.local/share/certmend/ca-bundle.pem")
        assert file.read_text() == f"OTHER=1\n{name}={value}\n"
        assert there.everything(**{name: value})
        assert there.certmend(certmend_command, "undo").returncode == 0
        assert there.files() == before


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"GITLAB_CI": "true"}, ()),
        ({"SHELL": "/usr/bin/env"}, ()),
        ({}, ("--no-profile",)),
    ],
    ids=["a pipeline", "an unknown shell", "not wished for"],
)
def test_without_a_profile_the_variable_is_told(variables, words, certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint, name = start(lab, REQUESTS, tmp_path, "bash")
        there.environment.update(variables)
        before = there.files()
        asked = ("fix", *there.asked(), "--fingerprint", fingerprint, "--yes", *words)
        fixed = there.certmend(certmend_command, *asked)
        assert fixed.returncode == 1
        line = next(one for one in fixed.stderr.splitlines() if one.startswith("to do: export "))
        bundle = line.partition("=")[2]
        assert set(there.files()) - set(before) == {bundle}
        assert there.everything(**{name: bundle})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exec /bin/true\n", "came to no end, or ran something else"),
        ("read answer </dev/tty; while ! read answer; do :; done\n", "came to no end"),
        ("f() { export REQUESTS_CA_BUNDLE=/x; }\nPROMPT_COMMAND=f\ntrap f DEBUG\n", "has "),
    ],
    ids=["another program", "a question", "set later"],
)
@pytest.mark.timeout(120)
def test_what_a_new_shell_does_not_have_is_taken_back(text, said, certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint, _ = start(lab, REQUESTS, tmp_path, "bash")
        (tmp_path / "home/.profile").write_text(text)
        # What comes first is left alone: certmend's block cannot stand before it.
        (tmp_path / "home/.profile").write_text(f"REQUESTS_CA_BUNDLE=\n{text}")
        before = there.files()
        words = ("fix", *there.asked(), "--fingerprint", fingerprint, "--yes")
        fixed = there.certmend(certmend_command, *words)
        assert fixed.returncode == 1
        assert "taken back, nothing has changed" in fixed.stderr
        assert said in fixed.stderr
        assert there.files() == before


def test_a_second_client_joins_the_block(certmend_command, tmp_path):
    """uv after requests: one block with both variables, and each undo takes its own back."""
    with Lab() as lab:
        there, fingerprint, _ = start(lab, REQUESTS, tmp_path, "bash")
        uv = installed(UV)
        there.environment["PATH"] = f"{os.path.dirname(uv.program)}:{there.environment['PATH']}"
        before = there.files()
        words = ("--fingerprint", fingerprint, "--yes", there.internal)
        python = ("--python", there.client.python)
        assert (
            there.certmend(
                certmend_command, "fix", "--client", "requests", *python, *words
            ).returncode
            == 0
        )
        between = there.files()
        assert there.certmend(certmend_command, "fix", "--client", "uv", *words).returncode == 0
        profile = (tmp_path / "home/.profile").read_text()
        assert profile.count("# >>> certmend >>>") == 1
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            assert profile.count(f"export {name}=") == 1
        new = handed_on(there, "-l", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
        readers = [f"--client={one}" for one in ("pip", "requests", "uv", "urllib")]
        seen = subprocess.run(
            [certmend_command, "diagnose", *readers, there.internal, "--format", "json"],
            env=new,
            cwd=there.project,
            capture_output=True,
            text=True,
            timeout=100,
        )
        found = json.loads(seen.stdout)["findings"]
        assert [one for one in found if one["severity"] == "error"] == [], "healthy for all"
        assert there.certmend(certmend_command, "undo").returncode == 0
        assert there.files() == between
        assert there.certmend(certmend_command, "undo").returncode == 0
        assert there.files() == before


def test_a_variable_that_others_read_costs_them_nothing(certmend_command, tmp_path):
    """pip trusts a CA by its own file; REQUESTS_CA_BUNDLE, set for requests, beats that file."""
    with Lab() as lab:
        there, fingerprint, name = start(lab, REQUESTS, tmp_path, "bash")
        del there.environment[name]
        config = tmp_path / "home/.config/pip/pip.conf"
        config.parent.mkdir(parents=True)
        trusted = tmp_path / "trusted/site-packages/certifi/cacert.pem"
        config.write_text(f"[global]\ncert = {trusted}\n")
        pip = there._replace(client=there.client._replace(name="pip", program=there.client.python))
        assert pip.works(there.public)
        words = ("--client", "requests", "--python", there.client.python, there.internal)
        fixed = there.certmend(
            certmend_command, "fix", *words, "--fingerprint", fingerprint, "--yes"
        )
        assert fixed.returncode == 0, fixed.stdout + fixed.stderr
        new = pip._replace(environment=handed_on(there, "-l"))
        assert name in new.environment
        assert new.works(there.public)
        assert new.works(there.internal)
