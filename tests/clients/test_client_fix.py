"""Every client that `fix` can mend: it fails, `fix`, it works, `undo`, all is as it was.

Each uses two indexes: an internal one that it does not trust, and one that it does, as the public
one, by a bundle of its own. That bundle is the person's, and is mended; or a package's, which the
next upgrade would replace, so that certmend keeps another and points the client at it. The quick
part runs with every `make test`, all of it with CERTMEND_CLIENTS=1.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import real
from environments import SYSTEM, Installed, environment, system

from certmend.lab.lab import Lab, corporate
from certmend.lab.pki import Authority
from certmend.lab.registry import App
from certmend.lab.wheels import BILLING, LEDGER

ALL = bool(os.environ.get("CERTMEND_CLIENTS"))
QUICK = (
    ("curl", "", ""),
    ("git", "", ""),
    ("requests", "2.34.2", "3.12"),
    ("uv", "0.13.9", "3.12"),
)
SLOW = (
    ("npm", "", ""),
    ("uv", "0.4.30", "3.12"),
    ("requests", "2.25.1", "3.10"),
    ("httpx", "0.28.1", "3.13"),
    ("twine", "7.0.0", "3.13"),
    ("hatch", "1.18.2", "3.12"),
    ("poetry", "1.8.5", "3.12"),
    ("poetry", "2.5.1", "3.13"),
    ("pdm", "2.20.1", "3.12"),
    ("pdm", "2.29.3", "3.13"),
    ("pipenv", "2024.4.1", "3.12"),
    ("pipenv", "2026.10.3", "3.12"),
)
CLIENTS = (*QUICK, *(SLOW if ALL else ()))
BY_PROJECT = ("poetry", "pdm", "pipenv")
"""Clients whose indexes stand in the project, all of them in one run."""
VARIABLES = {
    "requests": "REQUESTS_CA_BUNDLE",
    "uv": "SSL_CERT_FILE",
    "httpx": "SSL_CERT_FILE",
    "twine": "TWINE_CERT",
    "hatch": "HATCH_INDEX_CA_CERT",
}
_NOT_OURS = {
    "state",
    ".cache",
    ".npm",
    "virtualenv",
    "virtualenvs",
    "caches",
    "credentials",
    "hatch",
}
"""What the clients themselves leave in a home when they are run, and the journal."""


def installed(spec: tuple[str, str, str]) -> Installed:
    name, version, python = spec
    found = system(name) if name in SYSTEM else environment(name, version, python)
    return found or pytest.skip(f"{name} {version} cannot be installed here")


class Place(NamedTuple):
    """One client with its two indexes, a home and a project."""

    client: Installed
    internal: str
    public: str
    environment: dict[str, str]
    root: Path
    wheel: Path

    @property
    def project(self) -> Path:
        return self.root / "project"

    def works(self, url: str, **variables: str) -> bool:
        """Whether the real client, run in a copy of the project, fetches from an index."""
        copy = self.root / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.project, copy)
        said = real.run(
            self.client,
            url,
            copy,
            {**self.environment, **variables},
            [],
            self.wheel,
            any_failure=self.client.name in BY_PROJECT,
        )
        print(said.words[-2000:])
        return said.works

    def everything(self, **variables: str) -> bool:
        """Whether both indexes are reached; one run asks both where the project names them."""
        urls = (self.internal,) if self.client.name in BY_PROJECT else (self.internal, self.public)
        return all(self.works(url, **variables) for url in urls)

    def certmend(self, command: str, *words: str, **variables: str):
        return subprocess.run(
            [command, *words],
            env={**self.environment, **variables},
            cwd=self.project,
            capture_output=True,
            text=True,
            timeout=150,
        )

    def asked(self) -> tuple[str, ...]:
        """What certmend is told of the client and its indexes."""
        urls = () if self.client.name in BY_PROJECT else (self.internal, self.public)
        python = ("--python", self.client.python) if self.client.python else ()
        return ("--client", self.client.name, *python, *urls)

    def files(self) -> dict[str, tuple[bytes, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mode)
            for folder in ("home", "project", "trusted")
            for path in (self.root / folder).rglob("*")
            if path.is_file() and not _NOT_OURS & set(path.parts)
        }


def place(
    lab: Lab, spec: tuple[str, str, str], bundle: str, root: Path, app: App | None = None
) -> tuple[Place, str]:
    """The client with its files, and the SHA-256 of the CA that it lacks; `bundle` is trusted.

    `app` stands behind the index that it trusts.
    """
    client = installed(spec)
    authority, issuing = corporate()
    other = Authority.root("Public Root CA")
    packages = (lab.packages(BILLING, LEDGER), lab.packages(BILLING, LEDGER))
    internal = lab.index(issuing.leaf("localhost"), issuing, authority, app=packages[0])
    public = lab.index(other.leaf("localhost"), app=app or packages[1])
    trusted = root / "trusted" / bundle
    trusted.parent.mkdir(parents=True)
    trusted.write_text(f"# what is trusted here\n{other.pem}")
    (root / "corp.crt").write_text(authority.pem)
    wheel = root / BILLING.name
    wheel.write_bytes(BILLING.content)
    for folder in ("home", "project"):
        (root / folder).mkdir()
    for name, text in files(client, internal, public, trusted).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        path.chmod(0o600)
    variables = {
        "PATH": f"{Path(client.program).parent}{os.pathsep}/usr/bin:/bin",
        "HOME": str(root / "home"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "npm_config_globalconfig": str(root / "none"),
        "PDM_CHECK_UPDATE": "0",
        "UV_HTTP_RETRIES": "0",
        "UV_PYTHON_DOWNLOADS": "never",
        "LC_ALL": "C.UTF-8",
    }
    if name := VARIABLES.get(client.name):
        variables[name] = str(trusted)
    made = Place(client, internal, public, variables, root, wheel)
    return made, hashlib.sha256(authority.der).hexdigest()


def files(client: Installed, internal: str, public: str, trusted: Path) -> dict[str, str]:
    """The project and settings of a client: two indexes, a bundle, comments, a password."""
    header = '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\n'
    needs = 'dependencies = ["billing", "ledger"]\n'
    two = (("internal", internal), ("public", public))
    match client.name:
        case "curl":
            return {"home/.curlrc": f'# mine\r\ncacert = "{trusted}" # old\r\nretry 0\r\n'}
        case "git":
            head = {"project/.git/HEAD": "ref: refs/heads/main\n"}
            head |= {f"project/.git/{one}/keep": "" for one in ("objects", "refs")}
            config = f'[user]\n\tname = "A B" ; me\n[http]\n\tsslCAInfo = {trusted}\n# end'
            return {**head, "home/.gitconfig": config}
        case "npm":
            text = f"; mine\n//x.example/:_authToken=hidden-secret\ncafile={trusted}\n\nfund=false"
            return {"home/.npmrc": text}
        case "pipenv":
            sources = "".join(
                f'[[source]]\nname = "{name}"\nurl = "{url}"\nverify_ssl = true\n'
                for name, url in two
            )
            needs = (
                'billing = {version="*", index="internal"}\nledger = {version="*", index="public"}'
            )
            return {
                "project/Pipfile": f"{sources}[packages]\n{needs}\n",
                "home/.config/pip/pip.conf": f"[global]\n# mine\ncert = {trusted}\n",
            }
        case "pdm":
            sources = "".join(
                f'[[tool.pdm.source]]\nname = "{"pypi" if name == "internal" else name}"\n'
                f'url = "{url}"\n'
                for name, url in two
            )
            config = f'# mine\n[pypi.public]\nca_certs = "{trusted}"\n'
            return {
                "project/pyproject.toml": header + needs + sources,
                "home/.config/pdm/config.toml": config,
            }
        case "poetry":
            new = client.version >= "2"
            poetry = (
                header + needs + "[tool.poetry]\npackage-mode = false\n"
                if new
                else '[tool.poetry]\nname = "shop"\nversion = "1"\ndescription = ""\nauthors = []\n'
                '[tool.poetry.dependencies]\npython = "^3.12"\nbilling = "*"\nledger = "*"\n'
            )
            sources = "".join(
                f'[[tool.poetry.source]]\nname = "{name}"\nurl = "{url}"\npriority = "primary"\n'
                for name, url in two
            )
            auth = (
                '# mine\n[http-basic.other]\nusername = "u"\npassword = "hidden-secret"\n\n'
                f'[certificates.public]\ncert = "{trusted}"\n'
            )
            return {
                "project/pyproject.toml": poetry + sources,
                "home/.config/pypoetry/auth.toml": auth,
            }
        case _:
            return {}


FORMS = {"a person's": "own.pem", "a package's": "site-packages/certifi/cacert.pem"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("spec", CLIENTS, ids=lambda one: "-".join(filter(None, one)))
@pytest.mark.timeout(600)
# pypiserver leaves a wheel open when a client breaks off a download, which Poetry does.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_it_fails_fix_it_works_undo_it_fails(spec, form, certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint = place(lab, spec, FORMS[form], tmp_path)
        before = there.files()
        assert not there.works(there.internal)
        if there.client.name not in BY_PROJECT:
            assert there.works(there.public)
        words = ("fix", *there.asked(), "--fingerprint", fingerprint)
        shown = there.certmend(certmend_command, *words, "--diff")
        assert shown.returncode == 1, shown.stderr
        assert "hidden-secret" not in shown.stdout, "a secret is shown"
        assert there.files() == before
        fixed = there.certmend(certmend_command, *words, "--yes", "--format", "json")
        assert fixed.stdout, fixed.stderr
        done = json.loads(fixed.stdout)
        assert done["state"] == "done", (done["note"], done["proof"])
        assert {one["url"] for one in done["proof"]} >= {there.internal, there.public}
        steps = [step for remedy in done["remedies"] for step in remedy["steps"]]
        variables = {one["name"]: one["value"] for one in steps if one["kind"] == "set-variable"}
        assert bool(variables) == (form == "a package's" and spec[0] in VARIABLES)
        assert "hidden-secret" not in fixed.stdout, "a secret is shown"
        assert there.everything(**variables)
        undone = there.certmend(certmend_command, "undo")
        assert undone.returncode == 0, undone.stderr
        assert there.files() == before
        assert not there.works(there.internal)


@pytest.fixture
def two(tmp_path):
    """pip and uv of one environment, with an internal index that neither trusts."""
    with Lab() as lab:
        there, fingerprint = place(lab, ("uv", "0.13.9", "3.12"), "own.pem", tmp_path)
        there.environment.pop("SSL_CERT_FILE")
        config = tmp_path / "home/.config/pip/pip.conf"
        config.parent.mkdir(parents=True)
        config.write_text(f"[global]\n# mine\nindex-url = {there.internal}\n")
        yield there, fingerprint


def test_all_clients_are_cured_in_one_plan_with_one_bundle(two, certmend_command):
    there, fingerprint = two
    before = there.files()
    words = ("fix", "--fingerprint", fingerprint)
    shown = there.certmend(certmend_command, *words).stdout
    assert shown.count("  write   ") == 1, "the bundle is written once"
    assert shown.count("  sha256  ") == 1, "a CA is told of once"
    assert max(len(line) for line in shown.splitlines() if "/" not in line) <= 80
    fixed = there.certmend(certmend_command, *words, "--yes", "--no-profile")
    assert fixed.returncode == 1, "a variable waits for the person"
    assert "pip and uv trust" in fixed.stderr
    assert "certmend env --shell bash --client uv --write ~/.profile" in fixed.stderr
    line = next(one for one in fixed.stderr.splitlines() if one.startswith("to do: export "))
    name, _, value = line.removeprefix("to do: export ").partition("=")
    assert there.works(there.internal, **{name: value})
    pip = there._replace(client=there.client._replace(name="pip", program=there.client.python))
    assert pip.works(there.internal)
    assert there.certmend(certmend_command, "undo").returncode == 0
    assert there.files() == before
    assert not pip.works(there.internal)


def test_a_client_that_cannot_is_left_and_the_others_are_cured(two, certmend_command):
    """uv names no bundle in the settings of an environment; pip does."""
    there, fingerprint = two
    words = ("fix", "--fingerprint", fingerprint, "--scope", "site", "--yes")
    try:
        fixed = there.certmend(certmend_command, *words)
        assert "uv has no such setting in the scope site" in " ".join(fixed.stdout.split())
        assert "pip trusts" in fixed.stderr
    finally:
        undone = there.certmend(certmend_command, "undo")
    assert "as before" in undone.stdout or "gone again" in undone.stdout


ONE_HOST = {
    "uv": "home/.config/uv/uv.toml",
    "git": "home/.gitconfig",
    "poetry": "home/.config/pypoetry/auth.toml",
    "pdm": "home/.config/pdm/config.toml",
    "pipenv": "project/Pipfile",
}
REFUSED = {
    "curl": "its option `insecure` is for every host",
    "npm": "its setting `strict-ssl` is for every host",
    "requests": "it has no setting for that",
}


@pytest.mark.parametrize("spec", CLIENTS, ids=lambda one: "-".join(filter(None, one)))
@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_host_is_left_unverified_or_it_is_said_why_not(spec, certmend_command, tmp_path):
    if spec[0] not in (*ONE_HOST, *REFUSED):
        pytest.skip(f"{spec[0]} takes the path of requests, which is tried")
    with Lab() as lab:
        there, _ = place(lab, spec, "own.pem", tmp_path)
        before = there.files()
        host = there.internal.split("/")[2]
        words = ("fix", *there.asked(), "--method", "trusted-host", "--host", host, "--yes")
        done = there.certmend(certmend_command, *words)
        if spec[0] in REFUSED:
            assert done.returncode == 2
            assert REFUSED[spec[0]] in done.stderr
            assert len(done.stderr.splitlines()) == 2
            assert there.files() == before
            return
        assert done.returncode == 0, done.stdout + done.stderr
        assert "can replace packages" in " ".join(done.stdout.split())
        changed = {path for path, held in there.files().items() if before.get(path) != held}
        assert {path for path in changed if "certmend" not in path} == {
            str(tmp_path / ONE_HOST[spec[0]])
        }
        assert there.everything(), "the other index is verified, and reached"
        assert there.certmend(certmend_command, "undo").returncode == 0
        assert there.files() == before
        assert not there.works(there.internal)


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("curl", ("--scope", "system"), "curl has no such setting in the scope system"),
        ("requests", ("--scope", "project"), "requests has no such setting in the scope project"),
        ("requests", ("--method", "truststore"), "requests has no setting for the system's"),
        ("requests", ("--method", "system-store"), "does not read the system's trust store"),
        ("uv", ("--method", "truststore"), "SSL_CERT_FILE beats every other store of uv"),
        ("git", ("--method", "truststore"), "reads the system's trust store already"),
        ("git", ("--scope", "venv"), "git has no such setting in the scope venv"),
    ],
)
def test_what_a_client_has_not_is_refused_in_two_lines(
    name, words, said, certmend_command, tmp_path
):
    spec = next(one for one in QUICK if one[0] == name)
    with Lab() as lab:
        there, fingerprint = place(lab, spec, "site-packages/ca.pem", tmp_path)
        before = there.files()
        done = there.certmend(
            certmend_command, "fix", *there.asked(), "--fingerprint", fingerprint, "--yes", *words
        )
        assert done.returncode == 2
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 2
        assert there.files() == before


def test_when_the_other_index_gets_worse_everything_is_taken_back(certmend_command, tmp_path):
    """It stops answering once the bundle has changed: the client says so, and nothing stays."""
    bundle = tmp_path / "trusted/own.pem"
    with Lab() as lab:
        good = lab.packages(LEDGER)

        def breaks(environ, start_response):
            if bundle.read_text().count("BEGIN") > 1:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return [b""]
            return good(environ, start_response)

        there, fingerprint = place(lab, ("curl", "", ""), "own.pem", tmp_path, breaks)
        before = there.files()
        words = ("fix", *there.asked(), "--fingerprint", fingerprint, "--yes")
        done = there.certmend(certmend_command, *words)
        assert done.returncode == 1
        assert "taken back, nothing has changed" in done.stderr
        assert "worked before with curl: it answered 503" in done.stderr
        assert there.files() == before


def test_a_url_in_gits_settings_shows_no_credentials(certmend_command, tmp_path):
    with Lab() as lab:
        there, fingerprint = place(lab, ("git", "", ""), "own.pem", tmp_path)
        url = there.internal.replace("https://", "https://me:hidden-secret@")
        config = tmp_path / "home/.gitconfig"
        text = f'[http "{url}"]\n\tsslCAInfo = /etc/ssl/certs/ca-certificates.crt\n'
        config.write_text(config.read_text() + "\n" + text)
        words = ("fix", *there.asked(), "--fingerprint", fingerprint)
        for more in (("--diff",), ("--format", "json"), ("--yes",)):
            done = there.certmend(certmend_command, *words, *more)
            assert "hidden-secret" not in done.stdout + done.stderr, "a secret is shown"
