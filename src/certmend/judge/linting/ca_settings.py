"""The settings that name a CA file, and which client reads which.

Measured: pip, uv, Poetry, PDM, Pipenv, twine, Hatch, requests, httpx, curl, git, npm.
"""

import re
from collections.abc import Iterator

import msgspec

from certmend.judge.linting.ca_folders import folder_of
from certmend.judge.linting.options import Option
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import lazy
from certmend.model.document import Assignment, Entry, How, Key, Span, Word

READS = {
    "pip": ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "pipenv": ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "pip-tools": ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "pipx": ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "uv": ("SSL_CERT_FILE", "SSL_CERT_DIR", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS"),
    "poetry": ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "twine": ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "TWINE_CERT"),
    "flit": ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    "pdm": ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    "hatch": ("SSL_CERT_FILE", "SSL_CERT_DIR", "HATCH_INDEX_CA_CERT"),
}
"""The variables that each client reads; pip from 24.2 on Python 3.10 reads SSL_CERT_FILE too."""
OF_ONE_CLIENT = {"PIP_CERT": "pip", "TWINE_CERT": "twine", "HATCH_INDEX_CA_CERT": "hatch"}
GENERAL = frozenset(("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"))
REPLACING = GENERAL | frozenset(("PIP_CERT",))
"""Those that take the place of the roots of some client."""
VARIABLES = GENERAL | frozenset(
    (
        "PIP_CERT",
        "SSL_CERT_DIR",
        "NODE_EXTRA_CA_CERTS",
        "GIT_SSL_CAINFO",
        "TWINE_CERT",
        "AWS_CA_BUNDLE",
        "HATCH_INDEX_CA_CERT",
        "NPM_CONFIG_CAFILE",
        "PIP_CLIENT_CERT",
        "UV_CERT",
        "CARGO_HTTP_CAINFO",
    )
)
_KEYS = frozenset(
    ("cert", "cafile", "ca-certs", "ca_certs", "sslcainfo", "ssl-verify", "ssl_verify")
)
_COMMANDS = lazy.regex(
    r"http\.(?:\S+\.)?sslcainfo|--?cafile|cafile|--?ssl[_-]verify|ssl[_-]verify|"
    r"certificates\.\S+\.cert",
    re.IGNORECASE,
)
_PATH = lazy.regex(r"(?:[A-Za-z]:)?[/\\~].*|\$HOME.*|\$\{HOME\}.*")
_SYSTEM = lazy.regex(
    r"/etc/ssl/(?:certs/)?(?:ca-certificates\.crt|ca-bundle\.(?:crt|pem)|cert\.pem)|/etc/ssl/certs/?|"
    r"/etc/pki/(?:tls|ca-trust/extracted)/.*|/etc/ca-certificates/extracted/.*|/var/lib/ca-certificates/.*|"
    r".*/certifi/cacert\.pem|.*/ssl/cacert\.pem|.*/cacert\.pem|/usr/local/etc/openssl.*|/etc/certs/.*bundle.*|"
    r"/opt/homebrew/.*|.*/etc/ssl/cert\.pem|/usr/share/ca-certificates/.*|.*ca-certificates\.crt"
)
_JOINED = lazy.regex(
    r"bundle|combined|merged|all[-_.]|full|chain|ca-certificates|roots|store|certs\.pem|cacerts"
)
_CHECKOUT = lazy.regex(
    r"^(?:\$\(cd [^()]*(?:\$\([^()]*\)[^()]*)*\bpwd[^()]*\)|[$%{][{(]{0,2} *"
    r"(?:\w*PROJECT_?(?:DIR|ROOT)|(?:\w+_)?WORKSPACE(?:_ROOT)?|workspaceFolder|PWD|CURDIR|CD|"
    r"(?:THIS_|SCRIPTS?_?|ROOT_?|BASE_?|REPO_?|SRC_?|SOURCE_?)?DIR|(?:REPO_?|SRC_?)?ROOT|HERE|"
    r"tox_?ini_?dir|tox_root|github\.workspace|Build\.SourcesDirectory|BUILD_SOURCESDIRECTORY|"
    r"System\.DefaultWorkingDirectory|SYSTEM_DEFAULTWORKINGDIRECTORY|Pipeline\.Workspace|"
    r"TRAVIS_BUILD_DIR|CIRCLE_WORKING_DIRECTORY|BITBUCKET_CLONE_DIR|APPVEYOR_BUILD_FOLDER|"
    r"CODEBUILD_SRC_DIR(?:_\w+)?|playbook_dir|role_path|PSScriptRoot)"
    r"(?: *[)}%]{1,2}|(?=[/\\]))|%~dp0)[/\\]*",
    re.IGNORECASE,
)
"""What stands for the folder of the checkout, or of the file itself, in front of a path."""

_ROOTS = lazy.regex(r"certifi(?!c)|ca-certificates\.crt|cacert|ca-bundle")


class CaSetting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting that names a CA file or folder."""

    name: str
    """The variable, or `cert` for a flag or key."""
    client: str
    """Whose setting it is; empty for a variable that several read."""
    value: Word
    span: Span
    entry: Entry
    option: Option | None = None


def settings(reading: Reading) -> Iterator[CaSetting]:
    """Every such setting of a file."""
    for entry in reading.variables:
        if entry.name.upper() in VARIABLES and entry.how is not How.SHELL and entry.value.text:
            yield _of_variable(entry)
    for option in reading.options:
        if option.name == "cert" and option.values and not isinstance(option.entry, Assignment):
            yield CaSetting(
                name="cert", client=option.client, value=option.values[0], span=option.span,
                entry=option.entry, option=option,
            )  # fmt: skip
    for run in reading.runs:
        if run.client in ("git", "npm", "yarn", "conda", "poetry"):
            yield from _of_run(run)
    for key in reading.keys:
        name = key.path[-1].lower() if key.path else ""
        other = key.client not in ("pip", "uv") and name in _KEYS and key.values
        if other and _PATH.fullmatch(key.values[0].text):
            yield _of_key(key)


def _of_run(run: Run) -> Iterator[CaSetting]:
    """`git config http.sslCAInfo FILE`, `npm config set cafile FILE` and their like."""
    words = run.arguments
    for number, word in enumerate(words):
        name, equals, _ = word.text.partition("=")
        if not _COMMANDS.fullmatch(name):
            continue
        following = words[number + 1] if number + 1 < len(words) else None
        value = word.part(len(name) + 1, len(word.text)) if equals else following
        if value is not None and _PATH.fullmatch(value.text):
            yield CaSetting(
                name="cert", client=run.client, value=value, span=word.span, entry=run.command
            )


def _of_variable(entry: Assignment) -> CaSetting:
    name = entry.name.upper()
    return CaSetting(
        name=name,
        client=OF_ONE_CLIENT.get(name, ""),
        value=entry.value,
        span=entry.span,
        entry=entry,
    )


def _of_key(key: Key) -> CaSetting:
    return CaSetting(name="cert", client=key.client, value=key.values[0], span=key.span, entry=key)


def is_system(path: str) -> bool:
    """Whether a path is the system's own bundle, or certifi's."""
    return bool(_SYSTEM.fullmatch(path) or re.search(r"certifi(?!c)", path))


def is_lone(path: str, reading: Reading) -> bool:
    """Whether a path is that of one private CA: no system bundle, no folder, nothing joined."""
    path = _CHECKOUT.sub("/", path, 1)
    name = path.rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1]
    if not re.search(r"\.(?:pem|crt|cer|cert|ca)$", name, re.IGNORECASE) or not is_plain(path):
        return False
    if is_system(path) or (_JOINED.search(name.lower()) and not folder_of(path)):
        return False
    return not _is_made_here(path, reading)


def is_plain(path: str) -> bool:
    """Whether a path is written out, without variables."""
    return not re.search(r"[$%{}`*]", path)


def _is_made_here(path: str, reading: Reading) -> bool:
    """Whether the file puts it together itself: `cat a b > path`, `>> path`."""
    name = path.rsplit("/", 1)[-1]
    for command in reading.commands:
        target = command.output.text if command.output is not None else ""
        into = " ".join(command.into)
        if target.endswith(name) or (name in into and "tee" in into):
            words = [word.text for word in command.words]
            if words[:1] == ["cat"] and len(words) > 2:
                return True
            if any(_ROOTS.search(word) for word in words):
                return True
        if ">>" in reading.document.text and target.endswith(name):
            return True
    return False
