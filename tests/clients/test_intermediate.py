"""Only the intermediate is vouched for: enough for some clients; for the others it is said."""

import hashlib

import pytest
from environments import environment, system
from real import run as run_client

from certmend.lab.lab import Lab, corporate
from certmend.lab.wheels import BILLING

ENOUGH = ("curl", "git", "uv", "urllib 3.13")
NOT_ENOUGH = ("urllib 3.8", "requests")


def client_of(name: str):
    made = {
        "uv": lambda: environment("uv", "0.13.9", "3.12"),
        "urllib 3.13": lambda: environment("urllib", "", "3.13"),
        "urllib 3.8": lambda: environment("urllib", "", "3.8"),
        "requests": lambda: environment("requests", "2.34.2", "3.12"),
    }
    return made.get(name, lambda: system(name))() or pytest.skip(f"{name} cannot be installed")


@pytest.mark.parametrize("given", ["file", "fingerprint"])
@pytest.mark.parametrize("name", [*ENOUGH, *NOT_ENOUGH])
def test_an_intermediate_is_trusted_where_that_is_enough(name, given, run, home, tmp_path):
    """Where a client looks for the root, the advice says that it is what is missing."""
    client = client_of(name)
    with Lab() as lab:
        _, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing, app=lab.packages(BILLING))
        (tmp_path / "issuing.pem").write_text(issuing.pem)
        sha256 = hashlib.sha256(issuing.der).hexdigest()
        how = {
            "file": ("--ca", str(tmp_path / "issuing.pem")),
            "fingerprint": ("--fingerprint", sha256),
        }
        python = ("--python", client.python) if client.python else ()
        programs = f"{client.program.rpartition('/')[0]}:/usr/bin:/bin"
        said = run(
            "fix",
            "--client",
            client.name,
            *python,
            url,
            *how[given],
            "--yes",
            "--no-profile",
            PATH=programs,
            GIT_CONFIG_NOSYSTEM="1",
            HOME=str(home),
        )
        if name in NOT_ENOUGH:
            assert said.returncode == 1
            words = " ".join(said.stdout.split())
            assert '"Corp Issuing CA", which you vouch for, is not the end of the chain' in words
            assert not list(home.rglob("ca-bundle.pem"))
            return
        assert "verified" in said.stdout, said.stdout + said.stderr
        line = next((one for one in said.stderr.splitlines() if "to do: export" in one), "")
        name_of, _, value = line.removeprefix("to do: export ").partition("=")
        set_now = {"PATH": programs, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
        set_now |= {name_of: value} if line else {}
        wheel = tmp_path / BILLING.name
        wheel.write_bytes(BILLING.content)
        assert run_client(client, url, tmp_path, set_now, [], wheel, any_failure=False).works
