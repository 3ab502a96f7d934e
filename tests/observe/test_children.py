"""What a new environment, build and tox will see, where it differs from this pip."""

import subprocess
import sys

import pytest
from environments import environment

import certmend


def children(python, variables):
    (pip,) = certmend.config(certmend.Request(clients=("pip",), python=python), variables).clients
    return {one.name.split(",")[0]: one for one in pip.children}


@pytest.fixture
def new_pip():
    """A pip that reads the system's store, on a Python that puts an older one into environments."""
    found = environment("pip", "25.1.1", "3.12") or pytest.skip("pip 25.1.1 cannot be installed")
    return found.python


def test_a_new_environment_has_an_older_pip(new_pip, clean, tmp_path):
    child = children(new_pip, {**clean, "SSL_CERT_FILE": "/etc/hosts"})["a new virtual environment"]
    assert child.drops == ("the system's store", "SSL_CERT_FILE")
    made = tmp_path / "new"
    subprocess.run([new_pip, "-m", "venv", str(made)], check=True)
    said = subprocess.run(
        [made / "bin" / "pip", "--version"], capture_output=True, text=True
    ).stdout
    assert said.split()[1] == child.runs.split()[1]


def test_nothing_is_said_where_nothing_differs(clean):
    assert "tox" not in children(sys.executable, {**clean, "PIP_CERT": "/etc/hosts"})


def test_tox_drops_a_folder(new_pip, clean):
    assert children(new_pip, {**clean, "SSL_CERT_DIR": "/etc"})["tox"].drops == ("SSL_CERT_DIR",)


def test_an_option_of_old_pip_does_not_reach_build_isolation(clean):
    old = environment("pip", "23.3.2", "3.8") or pytest.skip("pip 23.3.2 cannot be installed")
    (pip,) = certmend.config(certmend.Request(clients=("pip",), python=old.python), clean).clients
    assert ("--cert",) in [one.drops for one in pip.children]
