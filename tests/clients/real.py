"""The real clients, each run as a person runs it, on the lab's index; and what it said."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

from environments import Installed
from knobs import SOURCE

_REFUSED = re.compile(
    r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|invalid peer certificate"
    r"|server certificate verification failed|SSL certificate problem"
    r"|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF)|SELF_SIGNED_CERT|unable to get (?:local )?issuer"
    r"|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|All attempts to connect to|UnknownIssuer|SSLError"
    r"|could not find a suitable TLS|error setting certificate|NO_CERTIFICATE_OR_CRL"
    r"|No matching distribution|Errno 2|unable to verify the first certificate|asn1|ProxyError"
    r"|Tunnel connection failed",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"not found|HTTP ?Error:? \d{3}|(?:client|server) error '?\(?\d{3}"
    r"|\b[45]\d\d (?:Client|Server) Error|returned error: \d{3}|(?-i:\bE[45]\d\d\b)|Response from"
    r"|Not allowed|Method Not|Server disconnected|closed connection without|RedirectDetected"
    r"|Redirect res|InvalidPyPIUploadURL|is this a git repository|Unable to find candidates"
    r"|no versions of|match any versions|40[1-5] |501 ",
    re.IGNORECASE,
)
_SECONDS = 120


class Said(NamedTuple):
    """What a client did: whether it trusted the server, and its words."""

    works: bool
    words: str


def project(client: Installed, url: str, folder: Path) -> dict[str, str]:
    """The files of a project that uses the index, by their paths below the folder's parent."""
    name = folder.name
    header = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\n'
    needs = 'dependencies = ["billing"]\n'
    match client.name:
        case "poetry":
            priority = "primary" if client.version >= "2" else "default"
            poetry = (
                ""
                if client.version >= "2"
                else (
                    '[tool.poetry]\nname = "shop"\nversion = "1"\ndescription = ""\nauthors = []\n'
                    '[tool.poetry.dependencies]\npython = "^3.12"\nbilling = "*"\n'
                )
            )
            new = header + needs + "[tool.poetry]\npackage-mode = false\n"
            source = (
                f'[[tool.poetry.source]]\nname = "{SOURCE}"\nurl = "{url}"\n'
                f'priority = "{priority}"\n'
            )
            return {f"{name}/pyproject.toml": (poetry or new) + source}
        case "pdm":
            source = f'[[tool.pdm.source]]\nname = "pypi"\nurl = "{url}"\nverify_ssl = true\n'
            return {f"{name}/pyproject.toml": header + needs + source}
        case "pipenv":
            return {
                f"{name}/Pipfile": f'[[source]]\nname = "{SOURCE}"\nurl = "{url}"\n'
                'verify_ssl = true\n[packages]\nbilling = "*"\n'
            }
        case "git":
            head = {f"{name}/.git/HEAD": "ref: refs/heads/main\n"}
            return head | {f"{name}/.git/{one}/keep": "" for one in ("objects", "refs")}
        case _:
            return {}


PYTHON, PROGRAM, URL, WHEEL = "{python}", "{program}", "{url}", "{wheel}"
_URLLIB = (
    "try: from urllib.request import urlopen\n"
    "except ImportError: from urllib2 import urlopen\nurlopen('{url}', timeout=20)"
)
_UPLOAD = ("-u", "u", "-p", "p", WHEEL)
COMMANDS: dict[str, tuple[str, ...]] = {
    "pip": (
        PYTHON,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--retries",
        "0",
        "-d",
        "out",
        "-i",
        URL,
        "billing",
    ),
    "uv": (
        PROGRAM,
        "pip",
        "install",
        "--dry-run",
        "--no-deps",
        "--no-cache",
        "--python",
        PYTHON,
        "--index-url",
        URL,
        "billing",
    ),
    "poetry": (PROGRAM, "lock", "-n", "--no-cache", "-v"),
    "pdm": (PROGRAM, "lock", "-v"),
    "pipenv": (PROGRAM, "--verbose", "lock"),
    "twine": (
        PROGRAM,
        "upload",
        "--non-interactive",
        "--disable-progress-bar",
        "--repository-url",
        URL,
        *_UPLOAD,
    ),
    "hatch": (PROGRAM, "publish", "-n", "-r", URL, "-u", "u", "-a", "p", WHEEL),
    "requests": (PYTHON, "-c", "import requests; requests.get('{url}', timeout=20)"),
    "httpx": (PYTHON, "-c", "import httpx; httpx.get('{url}', timeout=20)"),
    "urllib": (PYTHON, "-c", _URLLIB),
    "curl": (PROGRAM, "-sS", "-o", "out", URL),
    "git": (PROGRAM, "ls-remote", URL),
    "npm": (PROGRAM, "ping", "--registry", URL, "--fetch-retries=0"),
}
"""What makes a client fetch from the index, or upload to it."""


def command(client: Installed, url: str, wheel: Path) -> list[str]:
    """The command line of a client for an index."""
    known = {PYTHON: client.python, PROGRAM: client.program, WHEEL: str(wheel)}
    return [known.get(word, word).replace(URL, url) for word in COMMANDS[client.name]]


def run(
    client: Installed,
    url: str,
    folder: Path,
    environment: dict[str, str],
    arguments: list[str],
    wheel: Path,
    *,
    any_failure: bool = False,
) -> Said:
    """Start the client in a folder and judge what it said.

    With `any_failure`, a failure that names no certificate counts as well.
    """
    words = [*command(client, url, wheel), *arguments]
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    said = done.stdout + done.stderr
    if done.returncode == 0:
        return Said(True, said)
    if _REFUSED.search(said):
        return Said(False, said)
    if _REACHED.search(said):
        return Said(True, said)
    if any_failure:
        return Said(False, said)
    raise AssertionError(f"{' '.join(words)} said neither yes nor no:\n{said[-3000:]}")
