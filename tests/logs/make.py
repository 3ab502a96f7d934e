"""`make logs`: real clients meet the lab's scenarios, and what they print becomes a corpus.

    python -m logs.make [SCENARIO…]

Each client version of `CLIENTS` runs against each scenario. Outputs are kept once, in
`tests/logs/<client>/<version>/<scenario>.txt`, with ports and folders made the same everywhere.
`truth.json` holds what each must be recognised as: the scenario's truth where the client failed,
nothing where it did not.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from environments import Installed, environment, system
from packaging.version import Version

from certmend.lab.lab import Lab
from certmend.lab.scenario import Scenario, scenarios
from certmend.lab.setup import Setup, environment_for

HERE = Path(__file__).parent
TRUTH = HERE / "truth.json"
NEWEST = ("pip", "26.3", "3.13")
PIPS = (
    ("pip", "9.0.3", "2.7"),
    ("pip", "10.0.1", "2.7"),
    ("pip", "19.3.1", "2.7"),
    ("pip", "20.3.4", "3.7"),
    ("pip", "22.1.2", "3.8"),
    ("pip", "22.3.1", "3.10"),
    ("pip", "23.3.2", "3.8"),
    ("pip", "24.0", "3.12"),
    ("pip", "24.2", "3.10"),
    ("pip", "25.1.1", "3.12"),
    NEWEST,
)
OTHERS = (
    ("uv", "0.4.30", "3.12"),
    ("uv", "0.9.30", "3.12"),
    ("uv", "0.13.9", "3.12"),
    ("poetry", "1.8.5", "3.12"),
    ("poetry", "2.5.1", "3.13"),
    ("twine", "7.0.0", "3.13"),
    ("requests", "2.25.1", "3.10"),
    ("requests", "2.34.2", "3.13"),
    ("httpx", "0.28.1", "3.13"),
    ("urllib", "", "2.7"),
    ("urllib", "", "3.13"),
)
SYSTEM = ("curl", "git", "npm")
_OF_PIP = (
    "healthy",
    "setting-",
    "mixed",
    "no-ssl",
    "outdated",
    "expiring",
    "clock",
    "verification",
    "file-host",
    "bundle-incomplete",
    "insecure-http",
    "redirect",
)
_OF_BUNDLES = ("bundle-invalid", "bundle-not-found")
_SAY_THEIR_BUNDLE_IS_BAD = ("requests", "twine", "poetry", "curl")
_ANSWERS = ("auth", "forbidden", "not-an-index", "wrong-path", "package-not-found", "redirect")
_CUT_WITHOUT_A_WORD = (("uv", "legacy-renegotiation"), ("uv", "malformed-certificate"))
_SECONDS = 90
_WORKERS = 3


class Case(NamedTuple):
    """A client's command, with the variables that give it the scenario's trust."""

    command: list[str]
    variables: dict[str, str]


def main(wanted: list[str]) -> None:
    """Run everything, or the scenarios named, and write the corpus."""
    truth: dict[str, list[str]] = json.loads(TRUTH.read_text()) if TRUTH.exists() else {}
    clients = [*_installed(), *(one for name in SYSTEM if (one := system(name)))]
    for scenario in scenarios():
        if wanted and scenario.name not in wanted:
            continue
        print(scenario.name, flush=True)
        with Lab() as lab, ThreadPoolExecutor(_WORKERS) as pool:
            setup = scenario.build(lab)
            chosen = [one for one in clients if _suits(one, scenario)]
            outputs = pool.map(partial(_run, setup=setup), chosen)
            for one, (status, text) in zip(chosen, outputs, strict=True):
                _keep(one, scenario, status, _normal(text, lab, setup), truth)
        TRUTH.write_text(json.dumps(truth, indent=1, sort_keys=True) + "\n")


def _installed() -> Iterator[Installed]:
    for name, version, python in (*PIPS, *OTHERS):
        one = environment(name, version, python)
        if one is None:
            print(f"absent: {name} {version} on Python {python}", flush=True)
        else:
            yield one


def _suits(one: Installed, scenario: Scenario) -> bool:
    """Combined and healthy scenarios are for the newest pip alone: they print nothing new."""
    if one.name == "pip":
        versions = Version(one.version), Version(one.python_version)
        newest = (one.name, one.version, one.python_version) == NEWEST
        common = "-and-" not in scenario.name and not scenario.name.startswith("healthy")
        return (newest or common) and scenario.suits(*versions)
    if "-and-" in scenario.name or scenario.name.startswith(_OF_PIP):
        return False
    if scenario.name == "ca-as-leaf":
        return one.name == "uv"  # rustls alone minds
    if (one.name, scenario.name) in _CUT_WITHOUT_A_WORD:
        return False
    if scenario.name in _OF_BUNDLES:
        return one.name in _SAY_THEIR_BUNDLE_IS_BAD
    # They ask for no package, so an index' answer means something else to them.
    return one.name not in ("twine", "git") or not scenario.name.startswith(_ANSWERS)


def _run(one: Installed, setup: Setup) -> tuple[int, str]:
    with tempfile.TemporaryDirectory(prefix="certmend-logs-") as folder:
        case = _case(one, setup, Path(folder))
        variables = {**environment_for(setup, os.environ), **case.variables, "HOME": folder}
        for name in ("VIRTUAL_ENV", "npm_config_cafile", "NODE_OPTIONS"):
            variables.pop(name, None)
        try:
            done = subprocess.run(
                case.command,
                env=variables,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return 0, ""
        text = done.stdout.decode("utf-8", "replace").replace(folder, "/home/user")
        return done.returncode, text


def _case(one: Installed, setup: Setup, folder: Path) -> Case:  # noqa: C901  one case for each
    url, trusted = setup.index_urls[0], setup.environment.get("PIP_CERT", "")
    proxy = setup.environment.get("PIP_PROXY", "")
    shared = {"HTTPS_PROXY": proxy, "https_proxy": proxy} if proxy else {}
    bundle = {"REQUESTS_CA_BUNDLE": trusted} if trusted else {}
    file = {"SSL_CERT_FILE": trusted} if trusted else {}
    python = one.python
    match one.name:
        case "pip":
            command = [python, "-m", "pip"]
            if setup.python is not None:
                command = [str(setup.python), "-m", "pip"]
                shared["CERTMEND_LAB_PYTHON"] = python
            command += ["download", "--no-deps", "--no-cache-dir", "--retries", "1"]
            return Case([*command, "--timeout", "5", *setup.arguments, setup.package], shared)
        case "uv":
            command = [one.program, "pip", "install", "--no-cache", "--python", python]
            command += ["--target", str(folder / "t"), "--index-url", url, setup.package]
            return Case(command, {**shared, **file, "UV_HTTP_TIMEOUT": "5", "UV_HTTP_RETRIES": "1"})
        case "poetry":
            _poetry_project(folder, url, setup.package)
            command = [one.program, "lock", "--no-interaction"]
            # From 2.1 on Poetry says why only when it is asked to.
            command += ["-v"] if Version(one.version) >= Version("2.1") else []
            return Case(
                command,
                {**shared, **bundle, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
            )
        case "twine":
            wheel = folder / "billing-1.0-py3-none-any.whl"
            wheel.write_bytes(_wheel())
            command = [one.program, "upload", "--non-interactive", "--disable-progress-bar"]
            command += ["--repository-url", url, "-u", "user", "-p", "hidden", str(wheel)]
            return Case(command, {**shared, **bundle})
        case "requests":
            code = "import requests,sys; requests.get(sys.argv[1], timeout=5).raise_for_status()"
            return Case([python, "-c", code, url], {**shared, **bundle})
        case "httpx":
            code = "import httpx,sys; httpx.get(sys.argv[1], timeout=5).raise_for_status()"
            return Case([python, "-c", code, url], {**shared, **file})
        case "urllib":
            code = (
                "import sys\ntry: from urllib.request import urlopen\n"
                "except ImportError: from urllib2 import urlopen\nurlopen(sys.argv[1], timeout=5)"
            )
            return Case([python, "-c", code, url], {**shared, **file})
        case "curl":
            return Case(
                [one.program, "-sSf", "-m", "10", "-o", os.devnull, url],
                {**shared, **({"CURL_CA_BUNDLE": trusted} if trusted else {})},
            )
        case "git":
            return Case(
                [one.program, "ls-remote", url],
                {
                    **shared,
                    **({"GIT_SSL_CAINFO": trusted} if trusted else {}),
                    "GIT_TERMINAL_PROMPT": "0",
                },
            )
        case _:
            none = {"npm_config_globalconfig": "global", "npm_config_userconfig": "user"}
            variables = {name: str(folder / file) for name, file in none.items()}
            variables |= {"NODE_EXTRA_CA_CERTS": trusted} if trusted else {}
            command = [one.program, "view", setup.package, f"--registry={url}"]
            command += ["--fetch-retries=0", f"--cache={folder}/cache", "--no-update-notifier"]
            return Case(command, {**shared, **variables})


def _poetry_project(folder: Path, url: str, package: str) -> None:
    (folder / "pyproject.toml").write_text(
        "[tool.poetry]\nname = 'app'\nversion = '1.0'\ndescription = ''\nauthors = []\n"
        f"[tool.poetry.dependencies]\npython = '>=3.9'\n{package} = '*'\n"
        f"[[tool.poetry.source]]\nname = 'corp'\nurl = '{url}'\npriority = 'primary'\n"
    )


def _wheel() -> bytes:
    from certmend.lab.wheels import BILLING

    return BILLING.content


def _normal(text: str, lab: Lab, setup: Setup) -> str:
    """The text with the same folders, ports and times on every machine."""
    text = text.replace(str(lab.folder), "/etc/corp")
    # Only what is a version's own differs: paths of this machine do not.
    text = re.sub(r"/[^\s'\"]*?/\.tools/clients/[^/\s'\"]+", "/venv", text)
    text = re.sub(r"/[^\s'\"]*?/lib/(python\d\.\d+)/(?!site-packages)", r"/usr/lib/\1/", text)
    text = re.sub(r"/[^\s'\"]*?/versions/[^/\s]+/bin/python[\d.]*", "/usr/bin/python3", text)
    text = re.sub(r"/tmp/certmend-[^\s/'\"]+|/tmp/tmp[^\s/'\"]+", "/tmp/work", text)
    text = re.sub(r"0x[0-9a-f]{8,16}", "0x7f0000000000", text)
    text = re.sub(r"\b(localhost|127\.0\.0\.1|\[::1\]):(\d{4,5})\b", r"\1:8443", text)
    text = re.sub(r"port=(\d{4,5})\b", "port=8443", text)
    text = re.sub(r"port (\d{4,5})\b", "port 8443", text)
    return re.sub(
        r"\d{4}-\d\d-\d\dT\d\d[_:]\d\d[_:]\d\d[_.:]\d+Z", "2024-01-01T00_00_00_000Z", text
    )


def _keep(
    one: Installed, scenario: Scenario, status: int, text: str, truth: dict[str, list[str]]
) -> None:
    if not text.strip() or len(text) > 60_000:
        return
    name = f"{one.name}/{one.version}/{scenario.name}"
    expected = sorted(_expected(one, scenario)) if status or "Could not fetch" in text else []
    if not expected and not scenario.name.startswith("healthy"):
        return
    for other in HERE.glob(f"{one.name}/*/*.txt"):
        if str(other.relative_to(HERE).with_suffix("")) != name and other.read_text() == text:
            return
    path = HERE / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    truth[name] = expected


def _expected(one: Installed, scenario: Scenario) -> frozenset[str]:
    if one.name != "pip":
        return scenario.expects
    found = scenario.truth(Version(one.version), Version(one.python_version))
    return found.codes | found.notes


if __name__ == "__main__":
    main(sys.argv[1:])
