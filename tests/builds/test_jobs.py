"""Pipelines patched: the lines are run for real, in the shells that the services give them."""

import difflib
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from certmend import registry
from certmend.builds.build import Build, Ca, Patch, Way, Wish
from certmend.lab.lab import Lab, corporate
from certmend.observe import kinds, tree

CA = Ca(source="certs/corp-ca.crt", name="corp-ca.crt", sha256="0" * 64)
GITHUB = ".github/workflows/test.yml"
FILES = {
    GITHUB: """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4

      # what it needs
      - name: Install
        run: |
          git config --global http.sslVerify false
          pip install --trusted-host pypi.corp.example billing
          npm ci
      - run: pip install ledger
""",
    ".gitlab-ci.yml": """\
test:
  image: python:3.12
  script:
    # what it needs
    - pip install --trusted-host pypi.corp.example billing
    - npm ci
    - git config --global http.sslVerify false
""",
    "azure-pipelines.yml": """\
pool:
  vmImage: ubuntu-latest
steps:
- task: UsePythonVersion@0
- script: |
    pip install --trusted-host pypi.corp.example billing
    npm ci
    git config --global http.sslVerify false
  displayName: Install
""",
    "Jenkinsfile": """\
pipeline {
  agent any
  stages {
    stage('Test') {
      steps {
        echo 'hello'  // sh 'pip install nothing'
        sh 'pip install --trusted-host pypi.corp.example billing && npm ci'
        sh 'git config --global http.sslVerify false; pip install ledger'
      }
    }
  }
}
""",
}


def made(path: str, text: str, *, cas=(CA,), way=Way.STORE, bundle="corp-ca-bundle.pem") -> Patch:
    kind = kinds.by_name(path)
    builds = registry.load("certmend.builds.files", Build)
    (build,) = (one for one in builds if kind.name in one.kinds)
    document = tree.read(path, kind, text.encode())
    return build.patch(document, Wish(cas=cas, way=way, bundle=bundle, holds=lambda _: None))


def scripts(path: str, text: str) -> list[str]:
    """The scripts of a file in their order."""
    if path == "Jenkinsfile":
        found = re.findall(r"\bsh ('''|')(.*?)\1", re.sub(r"//.*", "", text), re.DOTALL)
        return [script for _, script in found]
    read = yaml.safe_load(text)
    if path == GITHUB:
        return [one["run"] for one in read["jobs"]["test"]["steps"] if "run" in one]
    if path == "azure-pipelines.yml":
        return [
            one.get("bash") or one.get("script") for one in read["steps"] if "displayName" in one
        ]
    return ["\n".join(read["test"]["script"])]


@pytest.mark.parametrize("path", FILES)
def test_only_lines_are_added_and_switches_taken_out(path):
    text = FILES[path]
    patched = made(path, text)
    lines = difflib.ndiff(text.splitlines(), patched.text.splitlines())
    gone = [one for one in lines if one.startswith("- ")]
    assert all("trusted-host" in one or "sslVerify" in one for one in gone)
    assert "trusted-host" not in patched.text
    assert "sslVerify" not in patched.text
    assert made(path, patched.text).text == patched.text
    # Each file of the project, and each service's own place for it.
    assert "certs/corp-ca.crt" in patched.text
    kept_by_the_service = made(path, text, cas=(), way=Way.SECRET)
    assert "CORP_CA" in kept_by_the_service.text
    assert "sha256sum" not in kept_by_the_service.text
    assert kept_by_the_service.notes


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("path", FILES)
def test_the_lines_make_pip_trust_the_index(path, way, clean, tmp_path):
    project = tmp_path / "project"
    (project / "certs").mkdir(parents=True)
    with Lab() as lab:
        root, issuing = corporate()
        url = lab.index(issuing.leaf("localhost"), issuing)
        (project / "certs" / "corp-ca.crt").write_text(root.pem)
        ca = Ca(
            source=CA.source, name=CA.name, sha256=hashlib.sha256(root.pem.encode()).hexdigest()
        )
        patched = made(path, FILES[path], cas=(ca,) if way is Way.STORE else (), way=way)
        here = {
            **clean,
            "RUNNER_TEMP": str(tmp_path),
            "AGENT_TEMPDIRECTORY": str(tmp_path),
            "WORKSPACE_TMP": str(tmp_path / "work@tmp"),
            "GITHUB_ENV": str(tmp_path / "github-env"),
            "CORP_CA": root.pem if path == GITHUB else str(project / "certs" / "corp-ca.crt"),
        }
        first, *_ = scripts(path, patched.text)
        script = first.partition("\npip install")[0].replace("/tmp/pip-ca", f"{tmp_path}/pip-ca")
        done = _shell(script, project, here)
        assert done.returncode == 0, done.stderr
        here |= handed_on(path, patched.text, done.stdout, here)
        assert {"PIP_CERT", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"} <= set(here)
        download = f"python3 -m pip download -q --no-deps -i {url} -d {tmp_path}/files billing"
        done = _shell(download, project, here)
        assert done.returncode == 0, done.stderr
        if way is Way.STORE:
            # Another CA at its path stops the pipeline before it is trusted.
            (project / "certs" / "corp-ca.crt").write_text(corporate()[0].pem)
            assert _shell(script, project, here).returncode != 0


def handed_on(path: str, text: str, said: str, here: dict[str, str]) -> dict[str, str]:
    """The variables that later steps have."""
    if path == GITHUB:
        lines = Path(here["GITHUB_ENV"]).read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)
    if path == "azure-pipelines.yml":
        return dict(re.findall(r"##vso\[task.setvariable variable=(\w+)\](.*)", said))
    if path == "Jenkinsfile":
        names = re.findall(r'script \{ env\.(\w+) = "\$\{env\.WORKSPACE_TMP\}/pip-ca.pem" \}', text)
        return dict.fromkeys(names, here["WORKSPACE_TMP"] + "/pip-ca.pem")
    place = str(Path(here["RUNNER_TEMP"]) / "pip-ca.pem")  # one shell: what is exported stays
    return dict.fromkeys(re.findall(r"export (\w+)=", text), place)


def _shell(script, folder, environment):
    assert shutil.which("python3", path=environment["PATH"]) is not None
    path = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_job_that_cannot_get_it_is_refused_with_the_reason():
    text = (
        "jobs:\n  windows:\n    runs-on: windows-latest\n    steps:\n      - run: pip install x\n"
        "  bare:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pip install x\n"
        "  early:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pip install x\n"
        "      - uses: actions/checkout@v4\n"
        "  all:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n"
        "        os: [ubuntu-latest, windows-latest]\n    steps:\n"
        "      - uses: actions/checkout@v4\n      - run: pip install x\n"
        "  quiet:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo pip install x\n"
    )
    patched = made(GITHUB, text)
    assert patched.text == text
    assert [one.place for one in patched.refusals] == [
        "job windows",
        "job bare",
        "job early",
        "job all",
    ]
    assert not patched.wants_ca


def test_a_switch_above_all_jobs_goes_when_all_trust_the_ca():
    text = FILES[GITHUB].replace("jobs:", "env:\n  A: b\n  PIP_TRUSTED_HOST: h.corp.example\njobs:")
    assert "PIP_TRUSTED_HOST" not in made(GITHUB, text).text
    other = "  win:\n    runs-on: windows-latest\n    steps:\n      - run: pip install x\n"
    patched = made(GITHUB, text + other)
    assert "PIP_TRUSTED_HOST" in patched.text
    assert any("h.corp.example stays" in one for one in patched.notes)


def test_lines_that_all_jobs_share_serve_those_that_have_none_of_their_own():
    text = (
        "default:\n  before_script:\n    - pip install tox\n"
        "one:\n  script:\n    - tox\n"
        "two:\n  before_script: []\n  script:\n    - pip install x\n"
    )
    patched = made(".gitlab-ci.yml", text)
    assert patched.text.count("sha256sum") == 2
    assert "one:\n  script:\n    - tox\n" in patched.text


def test_a_job_that_has_its_own_setting_is_left_alone():
    for setting in ("    env:\n      PIP_CERT: /etc/ssl/certs/ca-certificates.crt\n", ""):
        step = "" if setting else '      - run: echo "PIP_CERT=/x.pem" >> "$GITHUB_ENV"\n'
        text = (
            f"jobs:\n  test:\n    runs-on: ubuntu-latest\n{setting}    steps:\n"
            f"      - uses: actions/checkout@v4\n{step}      - run: pip install x\n"
        )
        patched = made(GITHUB, text, cas=())
        assert patched.text == text
        assert not patched.wants_ca


def test_without_a_ca_it_is_asked_for():
    patched = made(GITHUB, FILES[GITHUB], cas=())
    assert patched.wants_ca
    assert patched.text == FILES[GITHUB]


COMPOSE = """\
services:
  web:
    build:
      context: web
      dockerfile: ../docker/web.Dockerfile
  api:
    build: ./api
  job:
    image: python:3.12-slim
    # runs at night
    command: sh -c "pip install --trusted-host pypi.corp.example billing && python -m job"
    volumes:
      - .:/app
  front:
    image: fedora:41
    environment:
      - MODE=dev
    command: ["npm", "ci"]
  db:
    image: postgres:16
"""


def test_a_compose_file_mounts_the_bundle_over_the_systems_own():
    patched = made("compose.yml", COMPOSE)
    read = yaml.safe_load(patched.text)["services"]
    mount = "./corp-ca-bundle.pem:/etc/ssl/certs/ca-certificates.crt:ro"
    assert read["job"]["volumes"] == [mount, ".:/app"]
    assert read["job"]["environment"] == {"PIP_CERT": "/etc/ssl/certs/ca-certificates.crt"}
    assert read["front"]["volumes"] == [
        "./corp-ca-bundle.pem:/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem:ro"
    ]
    assert read["front"]["environment"] == [
        "NODE_EXTRA_CA_CERTS=/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "MODE=dev",
    ]  # fmt: skip
    assert read["db"] == {"image": "postgres:16"}
    assert "    # runs at night\n" in patched.text
    assert "trusted-host" not in patched.text
    assert patched.wants_bundle
    assert patched.builds == (
        ("web/../docker/web.Dockerfile", "web"),
        ("./api/Dockerfile", "./api"),
    )
    assert made("compose.yml", patched.text).text == patched.text
    assert made("compose.yml", COMPOSE, bundle="").wants_ca


@pytest.mark.parametrize(
    "there",
    ["environment:", "environment: {}  # none", "environment: {A: b}", "environment:\n      A: b"],
)
def test_a_compose_file_keeps_what_its_keys_hold(there):
    text = (
        f"services:\n  job:\n    image: python:3.12\n    {there}\n    volumes: ['.:/app']\n"
        "    command:\n      - pip\n      - install\n      - billing\n"
    )
    patched = made("compose.yml", text)
    job = yaml.safe_load(patched.text)["services"]["job"]
    before = yaml.safe_load(text)["services"]["job"]
    assert job.pop("environment") == {
        **(before.pop("environment") or {}), "PIP_CERT": "/etc/ssl/certs/ca-certificates.crt",
    }  # fmt: skip
    assert job.pop("volumes")[1:] == before.pop("volumes")
    assert job == before
    assert patched.text.count("environment") == 1
    assert made("compose.yml", patched.text).text == patched.text


def test_a_script_on_one_line_gets_its_ca_from_the_lines_above_all_jobs():
    text = "before_script:\n  - pip install tox\nup:\n  script: twine upload dist/*\n"
    patched = made(".gitlab-ci.yml", text)
    assert 'export REQUESTS_CA_BUNDLE="$PIP_CERT"' in patched.text
    assert not patched.refusals
    alone = made(".gitlab-ci.yml", "up:\n  script: twine upload dist/*\n")
    assert alone.refusals[0].place == "job up"


def test_a_pool_that_a_matrix_names_may_be_windows():
    text = (
        "strategy:\n  matrix:\n    one: {image: windows-latest}\npool:\n  vmImage: $(image)\n"
        "steps:\n- script: pip install billing\n"
    )
    assert "windows" in made("azure-pipelines.yml", text).refusals[0].why


def test_a_compose_file_hands_the_secret_to_its_builds():
    patched = made("compose.yml", COMPOSE, cas=(), way=Way.SECRET)
    read = yaml.safe_load(patched.text)
    web, api = read["services"]["web"]["build"], read["services"]["api"]["build"]
    assert web == {
        "context": "web",
        "dockerfile": "../docker/web.Dockerfile",
        "secrets": ["ca-bundle"],
    }
    assert api == {"context": "./api", "secrets": ["ca-bundle"]}
    assert read["secrets"] == {"ca-bundle": {"file": "./ca-bundle.pem"}}
    again = made("compose.yml", patched.text, cas=(), way=Way.SECRET)
    assert again.text == patched.text
    more = f"{COMPOSE}secrets:\n  other:\n    file: ./other\n"
    read = yaml.safe_load(made("compose.yml", more, cas=(), way=Way.SECRET).text)
    assert list(read["secrets"]) == ["ca-bundle", "other"]


def test_a_devcontainer_gets_the_bundle_and_what_is_typed_in_it():
    text = (
        '// Python\n{\n\t"name": "x", // a name\n\t"image": "mcr.microsoft.com/devcontainers/python:3",\n'
        '\t"containerEnv": {"MODE": "dev"},\n\t"postCreateCommand": "npm ci",\n}\n'
    )
    patched = made(".devcontainer/devcontainer.json", text)
    assert "target=/etc/ssl/certs/ca-certificates.crt,type=bind,readonly" in patched.text
    for name in ("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        assert f'"{name}": "/etc/ssl/certs/ca-certificates.crt", ' in patched.text
    assert '"MODE": "dev"}' in patched.text
    assert "// a name" in patched.text
    assert made(".devcontainer/devcontainer.json", patched.text).text == patched.text


def test_a_devcontainer_that_builds_names_its_dockerfile_and_context():
    text = '{"build": {"dockerfile": "Dockerfile", "context": ".."}}'
    patched = made(".devcontainer/devcontainer.json", text)
    assert patched.builds == (("Dockerfile", ".."),)
    assert patched.text == text
