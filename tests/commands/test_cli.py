"""The command line as a whole: version, help, what is loaded."""

import subprocess
import sys

HEAVY = ("cryptography", "rich", "OpenSSL", "urllib3", "msgspec")


def test_version_loads_nothing_heavy():
    code = (
        "import sys; from certmend.cli import run; status = run(['--version']);"
        f"loaded = [n for n in {HEAVY} if n in sys.modules]; assert not loaded, loaded;"
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("certmend ")


def test_alone_it_says_what_to_type_next(run):
    said = run()
    assert said.returncode == 0
    assert "certmend diagnose" in said.stdout
    assert len(said.stdout.splitlines()) <= 12


def test_an_unknown_command_is_wrong_use(run):
    said = run("daignose")
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 2


def test_every_command_has_help_that_fits(run):
    for command in ("diagnose", "check", "prefetch", "init", "schema"):
        said = run(command, "--help")
        assert said.returncode == 0
        assert max(len(line) for line in said.stdout.splitlines()) <= 80
