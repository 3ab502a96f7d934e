"""On every scenario of the lab, what certmend says of each client is what the client does.

Each scenario is met as it is, and once more with the CA in every variable that a client may read.
"""

import os
from pathlib import Path

import pytest
import real
from environments import SYSTEM, Installed, environment, system

import certmend
from certmend import api
from certmend.errors import CertmendError
from certmend.lab.lab import Lab
from certmend.lab.scenario import Scenario, scenarios
from certmend.lab.setup import environment_for
from certmend.lab.wheels import BILLING
from certmend.model.index import Purpose

# Poetry asks for a part of a wheel, and pypiserver leaves the file to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
ALL = bool(os.environ.get("CERTMEND_CLIENTS"))
NEWEST = (
    ("uv", "0.13.9", "3.12"),
    ("poetry", "2.5.1", "3.13"),
    ("pdm", "2.29.3", "3.13"),
    ("twine", "7.0.0", "3.13"),
    ("hatch", "1.18.2", "3.12"),
    ("requests", "2.34.2", "3.13"),
    ("httpx", "0.28.1", "3.13"),
    ("urllib", "", "3.13"),
    ("curl", "", ""),
    ("git", "", ""),
    ("npm", "", ""),
)
QUICK = ("untrusted-root", "hostname-mismatch", "missing-intermediate", "healthy")
CLIENTS = NEWEST if ALL else tuple(one for one in NEWEST if one[0] in ("uv", "requests", "curl"))
TRUST = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "GIT_SSL_CAINFO", "npm_config_cafile")
# These answer what no client but pip can be asked by a URL, or need a machine of their own.
FOLLOWS = ("poetry", "pdm", "requests", "urllib", "uv")
"""Clients that follow a redirect of the index in requests of their own."""
LEFT_OUT = frozenset({"no-ssl-module"})


def installed(spec: tuple[str, str, str]) -> Installed | None:
    name, version, python = spec
    return system(name) if name in SYSTEM else environment(name, version, python)


@pytest.mark.parametrize("trusting", [False, True], ids=["as it is", "with the CA"])
@pytest.mark.parametrize(
    "scenario",
    [one for one in scenarios() if (ALL or one.name in QUICK) and one.name not in LEFT_OUT],
    ids=lambda one: one.name,
)
@pytest.mark.timeout(900)
def test_each_client_does_what_certmend_says(
    scenario: Scenario, trusting: bool, tmp_path: Path, monkeypatch, home: Path
):
    wheel = tmp_path / BILLING.name
    wheel.write_bytes(BILLING.content)
    wrong = []
    with Lab() as lab:
        try:
            setup = scenario.build(lab)
        except CertmendError as error:
            pytest.skip(error.message)
        url = setup.index_urls[0]
        for spec in CLIENTS:
            client = installed(spec)
            if client is None:
                continue
            folder = tmp_path / f"{client.name}-project"
            folder.mkdir()
            for name, text in real.project(client, url, folder).items():
                path = folder.parent / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            variables = around(client, environment_for(setup, dict(os.environ)), home)
            if trusting and setup.ca_file:
                variables |= dict.fromkeys(TRUST, str(setup.ca_file))
            monkeypatch.chdir(folder)
            said = verdict(client, url, variables)
            did = real.run(client, url, folder, variables, [], wheel, any_failure=True)
            if said is not None and said != did.works:
                wrong.append(
                    f"{client.label}: certmend {said}, the client {did.works}: {did.words.strip()[-300:]}"
                )
    assert not wrong, "\n".join(wrong)


def around(client: Installed, variables: dict[str, str], home: Path) -> dict[str, str]:
    """The scenario's variables for a client of its own, in an empty home."""
    path = f"{Path(client.program).parent}{os.pathsep}{variables['PATH']}"
    kept = {"UV_HTTP_RETRIES": "0", "GIT_CONFIG_NOSYSTEM": "1", "npm_config_globalconfig": "/x"}
    quiet = {"PDM_CHECK_UPDATE": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}
    return {**variables, **kept, **quiet, "PATH": path, "HOME": str(home)}


def verdict(client: Installed, url: str, variables: dict[str, str]) -> bool | None:
    """Whether certmend says that the client gets an answer; None when it was not asked."""
    request = certmend.Request(
        urls=(url,), clients=(client.name,), python=client.python or None, timeout=10, fetch=False
    )
    report = api.report(api.gather(request, variables))
    if not report.outcomes:
        return None
    followed = (Purpose.INDEX, Purpose.REDIRECT) if client.name in FOLLOWS else (Purpose.INDEX,)
    seen = [one for one in report.facts.attempts if one.index == 0 and one.purpose in followed]
    return all(one.failure is None or one.failure.reason == "INSECURE_ORIGIN" for one in seen)
