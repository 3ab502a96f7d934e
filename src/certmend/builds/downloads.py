"""Which commands download over TLS, with which client, and what makes that client trust a CA.

Measured: pip, uv, Poetry, PDM, Pipenv, twine, flit, Hatch, curl, git, wget, npm; conda and yarn
by their documentation. A client that reads the system's bundle by itself needs no variable.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting.ca_settings import READS
from certmend.judge.linting.hosts import host_of, is_loopback
from certmend.judge.linting.programs import Run, runs
from certmend.model.commandline import base_name, program_at
from certmend.model.document import Command


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """How a client is pointed at a bundle."""

    variable: str = ""
    """What it reads in every version; empty where it reads the system's bundle by itself."""
    reads: tuple[str, ...] = ()
    """All variables of which one is enough."""
    flags: tuple[str, ...] = ()
    """Its own flags that do the same."""
    secret: str = ""
    """The variable for a bundle elsewhere, where `variable` is empty; empty: there is none."""


def _python(name: str, variable: str, *flags: str) -> Client:
    return Client(variable=variable, reads=READS[name], flags=flags)


_REQUESTS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_NODE = Client(
    variable="NODE_EXTRA_CA_CERTS",
    reads=("NODE_EXTRA_CA_CERTS", "NPM_CONFIG_CAFILE", "NODE_USE_SYSTEM_CA", "YARN_CAFILE"),
    flags=("--cafile",),
)
CLIENTS = {
    "pip": _python("pip", "PIP_CERT", "--cert"),
    "pipenv": _python("pipenv", "PIP_CERT"),
    "pip-tools": _python("pip-tools", "PIP_CERT", "--cert"),
    "pipx": _python("pipx", "PIP_CERT"),
    "tox": _python("pip", "PIP_CERT"),
    "uv": _python("uv", "SSL_CERT_FILE", "--native-tls", "--system-certs", "--cert"),
    "poetry": _python("poetry", "REQUESTS_CA_BUNDLE"),
    "twine": _python("twine", "REQUESTS_CA_BUNDLE", "--cert"),
    "flit": _python("flit", "REQUESTS_CA_BUNDLE"),
    "pdm": _python("pdm", "REQUESTS_CA_BUNDLE"),
    "hatch": _python("hatch", "SSL_CERT_FILE", "--ca-cert"),
    "conda": Client(
        variable="REQUESTS_CA_BUNDLE", reads=(*_REQUESTS, "CONDA_SSL_VERIFY", "MAMBA_SSL_VERIFY")
    ),
    "npm": _NODE,
    "yarn": _NODE,
    "httpie": Client(variable="REQUESTS_CA_BUNDLE", reads=_REQUESTS, flags=("--verify",)),
    "easy_install": Client(secret="SSL_CERT_FILE"),  # noqa: S106  a variable's name
    "curl": Client(secret="CURL_CA_BUNDLE", flags=("--cacert",)),  # noqa: S106
    "git": Client(secret="GIT_SSL_CAINFO"),  # noqa: S106
    "wget": Client(),
}
_MANAGER = Client()
_MANAGERS = {
    "apk": ("add", "update", "upgrade", "fetch"),
    "dnf": ("install", "update", "upgrade", "makecache", "groupinstall", "builddep"),
    "zypper": ("install", "in", "update", "up", "refresh", "ref", "dup"),
    "pacman": ("-S", "-Sy", "-Syu", "-Syyu", "-Syy", "-Su"),
    "apt-get": ("update", "install", "upgrade", "dist-upgrade"),
}
_SAME = {"yum": "dnf", "microdnf": "dnf", "tdnf": "dnf", "dnf5": "dnf", "apt": "apt-get"}
_PIP_OTHERS = frozenset(
    ("config", "list", "freeze", "show", "check", "uninstall", "cache", "debug", "inspect", "hash",
     "help", "completion")
)  # fmt: skip
_FETCHING = {
    "pip": frozenset(("install", "download", "wheel", "index", "search", "lock")),
    "uv": frozenset(("sync", "add", "lock", "run", "build", "publish", "export", "self", "remove")),
    "pipx": frozenset(("install", "run", "inject", "upgrade", "upgrade-all", "reinstall")),
    "poetry": frozenset(("install", "add", "update", "lock", "self", "publish", "sync", "build")),
    "pdm": frozenset(("install", "sync", "add", "update", "lock", "publish", "build", "self")),
    "pipenv": frozenset(("install", "sync", "update", "lock", "upgrade")),
    "twine": frozenset(("upload",)),
    "flit": frozenset(("install", "publish", "build")),
    "hatch": frozenset(("env", "run", "build", "dep", "publish", "test", "shell", "fmt")),
    "conda": frozenset(("install", "create", "update", "upgrade", "env", "search", "self-update")),
    "npm": frozenset(
        ("install", "i", "ci", "add", "update", "upgrade", "exec", "publish", "install-test",
         "audit", "view", "fetch", "dlx", "dedupe", "rebuild", "in", "ins", "create")
    ),
    "yarn": frozenset(
        ("install", "add", "global", "dlx", "upgrade", "up", "create", "publish", "import")
    ),
    "git": frozenset(("clone", "fetch", "pull", "submodule", "lfs", "ls-remote")),
    "easy_install": frozenset(),
}  # fmt: skip
_UV_INNER = {
    "pip": frozenset(("install", "sync", "compile", "download")),
    "python": frozenset(("install", "upgrade", "reinstall")),
    "tool": frozenset(("install", "run", "upgrade")),
}
_ANY = frozenset(("pip-tools", "tox", "easy_install"))
_PYTHON = re.compile(r"python[\d.]*")
_INSTALLER = re.compile(
    r"get-pip\.py|(?:install|get)-poetry\.py|install\.python-poetry\.org|install-pdm\.py|"
    r"get-pipenv\.py"
)
_TLS_APT = re.compile(
    r"deb(?:-src)?\s[^\n]*https://|URIs:\s*https://|s(.)https?:[^\n]{0,80}\1https:[^\n]{0,80}\1|"
    r"sources\.list[^\n]*https://"
)


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """A command that downloads over TLS."""

    name: str
    """The client, or the system's package manager."""
    client: Client
    command: Command
    manager: bool = False

    @property
    def served(self) -> bool:
        """Whether it is pointed at some bundle already."""
        around = self.command.environment
        reads = {*self.client.reads, self.client.secret} - {""}
        if any(name in around and around[name].text for name in reads):
            return True
        # Its own flags, and variables that `env` sets in front of it.
        names = {word.text.partition("=")[0] for word in self.command.words}
        return bool(names & {*self.client.flags, *reads})


def downloads(command: Command, text: str = "") -> Iterator[Download]:
    """What a command downloads with; `text` is what stands before it, where apt's sources may."""
    words = [word.text for word in command.words]
    if _runs_installer(words, command.into):
        yield Download(name="pip", client=CLIENTS["pip"], command=command)
    for run in runs(command):
        if run.client in CLIENTS and _fetches(run):
            yield Download(name=run.client, client=CLIENTS[run.client], command=command)
            return
    name = base_name(words[program_at(words)]) if words else ""
    program = _SAME.get(name, name)
    verbs = _MANAGERS.get(program, ())
    if any(word in verbs for word in words) and (program != "apt-get" or _TLS_APT.search(text)):
        yield Download(name=name, client=_MANAGER, command=command, manager=True)


def _runs_installer(words: list[str], into: tuple[str, ...]) -> bool:
    """Whether Python is given an installer that runs pip: get-pip.py, Poetry's, PDM's."""
    at = program_at(words) if words else 0
    if words and _PYTHON.fullmatch(base_name(words[at])):
        return any(_INSTALLER.search(word) for word in words[at + 1 :])
    piped = bool(into) and _PYTHON.fullmatch(base_name(into[program_at(into)])) is not None
    return piped and any(_INSTALLER.search(word) for word in words)


def _fetches(run: Run) -> bool:
    words = [word.text for word in run.arguments]
    if any(word in ("--version", "-V", "--help", "-h", "--offline") for word in words[:2]):
        return False
    if run.client in ("curl", "wget", "httpie"):
        return _has_address(words)
    plain = [word for word in words if not word.startswith("-")]
    if run.client == "pip":
        return _pip(words, plain)
    if run.client == "uv":
        return _uv(run, words, plain)
    if run.client == "git":
        return _git(plain)
    if run.client in ("npm", "yarn") and base_name(run.before.text) in ("npx", "yarn"):
        return run.verb in _FETCHING["yarn"] or base_name(run.before.text) == "npx" or not plain
    return run.client in _ANY or any(word in _FETCHING[run.client] for word in plain[:2])


def _has_address(words: list[str]) -> bool:
    """Whether one of the words may be an address that TLS is spoken with."""
    for word in words:
        if word.startswith("-") or not (
            "://" in word or re.match(r"[\w-]+(\.[\w-]+)+(/|$)|\$", word)
        ):
            continue
        if not word.startswith(("http://", "ftp://", "file://")) and not is_loopback(host_of(word)):
            return True
    return False


def _pip(words: list[str], plain: list[str]) -> bool:
    verb = next((w for w in plain if w in _FETCHING["pip"] or w in _PIP_OTHERS), "")
    if verb not in _FETCHING["pip"] or "--no-index" in words:
        return False
    rest = plain[plain.index(verb) + 1 :]
    local = [re.match(r"\.{0,2}/?[^:]*(?:\.whl|\.tar\.gz|/\*)$", one) for one in rest]
    return not (rest and all(local) and not {"-r", "--requirement", "-c"} & set(words))


def _uv(run: Run, words: list[str], plain: list[str]) -> bool:
    if base_name(run.before.text) == "uvx":
        return bool(plain)
    verb = plain[0] if plain else ""
    if verb in _UV_INNER:
        inner = plain[1:]
        return any(word in _UV_INNER[verb] for word in inner[:1]) and "--no-index" not in words
    return verb in _FETCHING["uv"] and "--no-sync" not in words


def _git(plain: list[str]) -> bool:
    if not any(word in _FETCHING["git"] for word in plain[:3]):
        return False
    address = next((w for w in plain if "://" in w or re.match(r"[\w.-]+@[\w.-]+:", w)), "https://")
    return address.startswith(("https://", "$"))
