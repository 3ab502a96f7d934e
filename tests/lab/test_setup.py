import os
from pathlib import Path

from certmend.lab.setup import BASE, PYTHON, Setup, disturbing, environment_for

DISTURBING = {
    "PIP_CERT": "x",
    "PIP_FIND_LINKS": "x",
    "pip_trusted_host": "x",
    "https_proxy": "x",
    "NO_PROXY": "x",
    "ALL_PROXY": "x",
    "SSL_CERT_FILE": "x",
    "SSL_CERT_DIR": "x",
    "REQUESTS_CA_BUNDLE": "x",
    "CURL_CA_BUNDLE": "",
    "NODE_EXTRA_CA_CERTS": "x",
    "UV_SYSTEM_CERTS": "x",
    "GIT_SSL_CAINFO": "x",
}
HARMLESS = {"PATH": "/bin", "HOME": "/root", "LANG": "C.UTF-8", "PIPX_HOME": "/p"}


def test_what_clients_read_is_dropped_and_nothing_else():
    setup = Setup(index_urls=("https://a.example/",), environment={**BASE, "PIP_CERT": "ours"})
    assert set(disturbing({**DISTURBING, **HARMLESS})) == set(DISTURBING)
    made = environment_for(setup, {**DISTURBING, **HARMLESS})
    assert made == {**HARMLESS, **BASE, "PIP_CERT": "ours"}


def test_a_broken_interpreter_comes_first_and_knows_the_real_one(tmp_path: Path):
    real = tmp_path / "real" / "python3"
    real.parent.mkdir()
    real.write_text("#!/bin/sh\n")
    real.chmod(0o700)
    setup = Setup(
        index_urls=("https://a.example/",),
        environment=dict(BASE),
        python=tmp_path / "bin" / "python3",
    )
    machine = {"PATH": str(real.parent), "VIRTUAL_ENV": "/venv"}
    made = environment_for(setup, machine)
    assert made["PATH"] == f"{tmp_path / 'bin'}{os.pathsep}{real.parent}"
    assert made[PYTHON] == str(real)
    assert "VIRTUAL_ENV" not in made
    assert environment_for(setup, {**machine, PYTHON: "mine"})[PYTHON] == "mine"
