"""Dockerfiles patched: what is put in, where, and that everything else stays as it is."""

import pytest

from certmend.builds.build import Ca, Patch, Way, Wish
from certmend.builds.files.dockerfile import patch
from certmend.judge.linting import engine
from certmend.observe import kinds, tree
from certmend.observe.tree import Candidate
from certmend.tasks import linting

CA = Ca(source="corp-ca.crt", name="corp-ca.crt", sha256="0" * 64)
COPY = "COPY corp-ca.crt /usr/local/share/ca-certificates/corp-ca.crt\n"
REFRESH = "RUN update-ca-certificates\n"
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
INSTALL = (
    "# apt verifies by signature, over HTTP: it needs no CA before this one.\n"
    "RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates \\\n"
    "    && update-ca-certificates \\\n    && rm -rf /var/lib/apt/lists/*\n"
)
APPEND = (
    "# apk itself has to trust the CA before it can download ca-certificates.\n"
    f"RUN cat /usr/local/share/ca-certificates/corp-ca.crt >> {BUNDLE} \\\n"
    "    && apk add --no-cache ca-certificates \\\n    && update-ca-certificates\n"
)


def made(text: str, *, cas=(CA,), holds=lambda _: None, **wishes) -> Patch:
    kind = kinds.by_name("Dockerfile")
    document = tree.read("Dockerfile", kind, text.encode("utf-8", "surrogateescape"))
    return patch(document, Wish(cas=cas, holds=holds, **wishes))


def env(*names: str, bundle: str = BUNDLE) -> str:
    return "".join(f"ENV {name}={bundle}\n" for name in names)


def found(text: str) -> set[str]:
    """What lint finds, notes apart."""
    candidate = Candidate("Dockerfile", kinds.by_name("Dockerfile"), text.encode())
    located = linting._lint(candidate, engine.chosen((), ("version-check",)), None)
    return {one.fault.rule for one in located}


DEBIAN = COPY + REFRESH
RHEL = (
    "COPY corp-ca.crt /etc/pki/ca-trust/source/anchors/corp-ca.crt\nRUN update-ca-trust\n",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
)
SUSE = (
    "COPY corp-ca.crt /etc/pki/trust/anchors/corp-ca.crt\nRUN update-ca-certificates\n",
    "/etc/ssl/ca-bundle.pem",
)
ARCH = (
    "COPY corp-ca.crt /etc/ca-certificates/trust-source/anchors/corp-ca.crt\nRUN update-ca-trust\n",
    BUNDLE,
)
SYSTEMS = {
    "python:3.12-slim": (DEBIAN, BUNDLE),
    "registry.corp.example/hub/library/python:3.12": (DEBIAN, BUNDLE),
    "debian:bookworm-slim": (COPY + INSTALL, BUNDLE),
    "ubuntu:24.04": (COPY + INSTALL, BUNDLE),
    "node:20-slim": (COPY + INSTALL, BUNDLE),
    "python:3.12-alpine": (DEBIAN, BUNDLE),
    "alpine:3.20": (COPY + APPEND, BUNDLE),
    "ghcr.io/astral-sh/uv:python3.12-bookworm-slim": (DEBIAN, BUNDLE),
    "ghcr.io/astral-sh/uv:bookworm-slim": (COPY + INSTALL, BUNDLE),
    "ghcr.io/astral-sh/uv:alpine": (COPY + APPEND, BUNDLE),
    "continuumio/miniconda3": (DEBIAN, BUNDLE),
    "fedora:41": RHEL,
    "rockylinux:9": RHEL,
    "almalinux:9": RHEL,
    "amazonlinux:2023": RHEL,
    "registry.access.redhat.com/ubi9/ubi-minimal": RHEL,
    "nvidia/cuda:12.4.0-base-ubi9": RHEL,
    "archlinux:latest": ARCH,
    "opensuse/leap:15.6": SUSE,
    "registry.suse.com/bci/python:3.12": SUSE,
}


@pytest.mark.parametrize("image", SYSTEMS)
def test_each_system_has_its_folder_command_and_bundle(image):
    block, bundle = SYSTEMS[image]
    text = f"FROM {image}\nRUN pip install billing\n"
    patched = made(text)
    assert patched.text == (
        f"FROM {image}\n{block}{env('PIP_CERT', bundle=bundle)}RUN pip install billing\n"
    )
    assert made(patched.text).text == patched.text
    assert not found(patched.text) - found(text)


CLIENTS = {
    "pip install billing": ("PIP_CERT",),
    "python3 -m pip download billing": ("PIP_CERT",),
    "pip-compile requirements.in": ("PIP_CERT",),
    "pipenv sync": ("PIP_CERT",),
    "uv sync --frozen": ("SSL_CERT_FILE",),
    "uv pip install billing": ("SSL_CERT_FILE",),
    "uvx ruff": ("SSL_CERT_FILE",),
    "poetry install": ("REQUESTS_CA_BUNDLE",),
    "pdm sync": ("REQUESTS_CA_BUNDLE",),
    "conda install -y numpy": ("REQUESTS_CA_BUNDLE",),
    "npm ci": ("NODE_EXTRA_CA_CERTS",),
    "yarn": ("NODE_EXTRA_CA_CERTS",),
    "curl -fsSL https://pypi.corp.example/x | sh": (),
    "curl -fsSL https://install.python-poetry.org | python3 -": ("PIP_CERT",),
    "python3 get-pip.py": ("PIP_CERT",),
    "git clone https://git.corp.example/x": (),
    "wget https://pypi.corp.example/x": (),
    "pip install poetry && poetry install && npm ci": (
        "PIP_CERT", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
    ),
}  # fmt: skip


@pytest.mark.parametrize("command", CLIENTS)
def test_each_client_gets_what_it_reads_and_no_more(command):
    patched = made(f"FROM python:3.12\nRUN {command}\n").text
    assert patched == f"FROM python:3.12\n{DEBIAN}{env(*CLIENTS[command])}RUN {command}\n"


@pytest.mark.parametrize(
    "command",
    [
        "pip config set global.index-url https://pypi.corp.example/simple",
        "pip install --no-index --find-links /wheels billing",
        "pip install /wheels/*.whl",
        "pip --version",
        "uv --version && uv cache clean",
        "uv run --no-sync app",
        "conda clean -a",
        "npm run build",
        "curl http://localhost:8000/health",
        "git config --global user.name x",
        "git clone git@git.corp.example:x/y",
        "apt-get update && apt-get install -y gcc",
        "echo pip install billing",
    ],
)
def test_what_does_not_download_over_tls_is_left_alone(command):
    text = f"FROM python:3.12\nRUN {command}\nCMD pip install billing\n"
    patched = made(text)
    assert patched.text == text
    assert "no stage downloads" in patched.notes[0]


def test_each_stage_that_downloads_gets_its_own_and_heirs_inherit():
    text = (
        "FROM python:3.12 AS base\nWORKDIR /app\n"
        "FROM base AS one\nRUN pip install billing\n"
        "FROM one AS two\nRUN pip install ledger && npm ci\n"
        "FROM base AS three\nRUN uv sync\n"
        "FROM gcr.io/distroless/python3\nCOPY --from=one /app /app\n"
    )
    assert made(text).text == (
        "FROM python:3.12 AS base\nWORKDIR /app\n"
        f"FROM base AS one\n{DEBIAN}{env('PIP_CERT')}RUN pip install billing\n"
        f"FROM one AS two\n{env('NODE_EXTRA_CA_CERTS')}RUN pip install ledger && npm ci\n"
        f"FROM base AS three\n{DEBIAN}{env('SSL_CERT_FILE')}RUN uv sync\n"
        "FROM gcr.io/distroless/python3\nCOPY --from=one /app /app\n"
    )


def test_the_image_is_found_through_arguments():
    text = "ARG TAG=3.20\nFROM --platform=linux/amd64 alpine:${TAG} AS x\nRUN pip install billing\n"
    assert APPEND in made(text).text
    unknown = "ARG TAG\nFROM python:${TAG}\nRUN apk add gcc\nRUN pip install billing\n"
    assert APPEND in made(unknown).text


def test_an_image_that_nobody_knows_is_told_by_its_commands_or_by_the_person():
    text = "FROM corp/base\nRUN microdnf install -y python3\nRUN pip install billing\n"
    assert RHEL[0] in made(text).text
    bare = "FROM corp/base\nRUN pip install billing\n"
    (refusal,) = made(bare).refusals
    assert made(bare).text == bare
    assert "--family" in refusal.hint
    assert COPY + INSTALL in made(bare, family="debian").text


@pytest.mark.parametrize(
    "image",
    ["mcr.microsoft.com/windows/servercore:ltsc2022", "python:3.12-windowsservercore-ltsc2022",
     "gcr.io/distroless/python3", "scratch", "nixos/nix"],
)  # fmt: skip
def test_images_without_a_store_to_fill_are_refused_with_the_reason(image):
    text = f"FROM {image}\nRUN pip install billing\n"
    patched = made(text)
    assert patched.text == text
    assert patched.refusals[0].why
    assert not patched.wants_ca


def test_the_block_stands_where_root_can_run_it():
    text = "FROM python:3.12\nUSER app\nRUN pip install billing\n"
    assert made(text).text == (
        f"FROM python:3.12\n{DEBIAN}{env('PIP_CERT')}USER app\nRUN pip install billing\n"
    )
    image = "registry.access.redhat.com/ubi9/python-312"
    block, bundle = RHEL
    assert made(f"FROM {image}\nRUN pip install billing\n").text == (
        f"FROM {image}\nUSER root\n{block}USER 1001\n{env('PIP_CERT', bundle=bundle)}"
        "RUN pip install billing\n"
    )
    first = "FROM jupyter/base-notebook\nUSER root\nRUN apt-get update\nUSER ${NB_UID}\n"
    assert made(first + "RUN pip install billing\n").text == (
        "FROM jupyter/base-notebook\nUSER root\nRUN apt-get update\n"
        f"{DEBIAN}{env('PIP_CERT')}USER ${{NB_UID}}\nRUN pip install billing\n"
    )


def test_an_image_that_installs_packages_by_itself_runs_as_root():
    image = "registry.access.redhat.com/ubi9/python-312"
    text = f"FROM {image}\nRUN dnf install -y gcc\nUSER 1001\nRUN pip install billing\n"
    assert "USER root" not in made(text).text


def test_a_bundle_of_somebody_elses_is_named_and_nothing_is_switched_on_for_it():
    text = (
        "FROM python:3.12\nENV PIP_CERT=/etc/proxy-bundle.crt\n"
        "RUN pip install --trusted-host pypi.corp.example billing\n"
    )
    patched = made(text)
    assert "--trusted-host" in patched.text
    assert any("/etc/proxy-bundle.crt" in one for one in patched.notes)


def test_comments_paragraphs_line_ends_and_the_escape_stay():
    text = (
        "# escape=`\r\nFROM ubuntu\r\n\r\n# what it needs\r\nRUN pip install `\r\n"
        "    # one\r\n    billing"
    )
    patched = made(text).text
    assert patched.startswith("# escape=`\r\nFROM ubuntu\r\n\r\nCOPY corp-ca.crt ")
    assert " `\r\n    && update-ca-certificates `\r\n" in patched
    assert patched.endswith(
        f"ENV PIP_CERT={BUNDLE}\r\n\r\n# what it needs\r\nRUN pip install `\r\n"
        "    # one\r\n    billing"
    )
    assert "\n" not in patched.replace("\r\n", "")


@pytest.mark.parametrize(
    "run",
    [
        "RUN --mount=type=cache,target=/root/.cache \\\n    pip install billing\n",
        'RUN ["pip", "install", "billing"]\n',
        "RUN <<EOF\nset -e\npip install billing\nEOF\n",
        "ONBUILD RUN pip install billing\n",
        "run  pip install 'bill\udcffing'\n",
    ],
)
def test_all_forms_of_run_are_left_byte_for_byte(run):
    assert (
        made(f"FROM python:3.12\n{run}").text == f"FROM python:3.12\n{DEBIAN}{env('PIP_CERT')}{run}"
    )


def test_ca_certificates_that_the_file_installs_is_not_installed_again():
    before = "FROM debian\nRUN apt-get update && apt-get install -y ca-certificates python3-pip\n"
    text = f"{before}RUN pip install billing\n"
    assert made(text).text == f"{before}{DEBIAN}{env('PIP_CERT')}RUN pip install billing\n"
    # In the RUN that downloads: the package takes up what was copied before.
    run = "RUN apt-get update && apt-get install -y ca-certificates pip && pip install billing\n"
    assert made(f"FROM debian\n{run}").text == f"FROM debian\n{COPY}{env('PIP_CERT')}{run}"


def test_apt_over_tls_comes_after_the_ca():
    sources = "RUN sed -i 's|http:|https:|' /etc/apt/sources.list\n"
    text = f"FROM debian\n{sources}RUN apt-get update\nRUN pip install billing\n"
    lines = made(text).text
    assert lines.index("COPY corp-ca.crt") < lines.index("RUN apt-get update\nRUN pip")


RIGHT = [
    f"FROM python:3.12\nCOPY own.crt /usr/local/share/ca-certificates/\n{REFRESH}"
    f"{env('REQUESTS_CA_BUNDLE')}RUN pip install billing\n",
    "FROM python:3.13\nCOPY own.crt /usr/local/share/ca-certificates/\n"
    "RUN update-ca-certificates && pip install billing\n",
    f"FROM alpine\nCOPY own.crt /usr/local/share/ca-certificates/\n{env('PIP_CERT')}"
    "RUN apk add ca-certificates py3-pip && update-ca-certificates\nRUN pip install billing\n",
    "FROM fedora\nADD own.pem /etc/pki/ca-trust/source/anchors/\nRUN update-ca-trust\n"
    "RUN uv --native-tls sync\nRUN curl https://pypi.corp.example/x\n",
    f"FROM python:3.12\nCOPY --from=cas /ca.crt /usr/local/share/ca-certificates/ca.crt\n{REFRESH}"
    "ENV UV_SYSTEM_CERTS=1\nRUN uv sync\n",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_file_that_is_right_is_left_alone(text):
    assert made(text).text == text
    assert made(text, cas=()).text == text
    assert not made(text, cas=()).wants_ca


def test_what_is_missing_is_added_to_what_is_there():
    there = "COPY own.crt /usr/local/share/ca-certificates/\n"
    unset = f"FROM python:3.12\n{there}{REFRESH}RUN pip install billing\n"
    assert made(unset, cas=()).text == (
        f"FROM python:3.12\n{there}{REFRESH}{env('PIP_CERT')}RUN pip install billing\n"
    )
    idle = f"FROM python:3.12\n{there}RUN pip install billing\n"
    assert made(idle, cas=()).text == (
        f"FROM python:3.12\n{there}{REFRESH}{env('PIP_CERT')}RUN pip install billing\n"
    )
    other = made(unset, holds=lambda source: source != "own.crt").text
    assert COPY in other
    later = f"FROM python:3.12 AS a\n{there}{REFRESH}FROM python:3.12\nRUN pip install billing\n"
    own = "COPY own.crt /usr/local/share/ca-certificates/own.crt\n"
    assert made(later, cas=()).text.endswith(
        f"FROM python:3.12\n{own}{REFRESH}{env('PIP_CERT')}RUN pip install billing\n"
    )


def test_a_name_that_debian_ignores_does_not_count():
    text = (
        f"FROM python:3.12\nCOPY own.pem /usr/local/share/ca-certificates/\n{REFRESH}"
        "RUN pip install billing\n"
    )
    patched = made(text, cas=()).text
    assert "COPY own.pem /usr/local/share/ca-certificates/own.crt\n" in patched


def test_a_variable_that_names_the_ca_alone_names_the_bundle():
    text = (
        "FROM python:3.12\nCOPY corp-ca.crt /certs/corp-ca.pem\n"
        "ENV REQUESTS_CA_BUNDLE=/certs/corp-ca.pem\nRUN pip install billing\n"
    )
    patched = made(text).text
    assert f"ENV REQUESTS_CA_BUNDLE={BUNDLE}\n" in patched
    assert DEBIAN in patched
    assert "ca-bundle-replaced" in found(text)
    assert not found(patched)


def test_verification_is_switched_on_again():
    text = (
        "FROM python:3.12\n"
        "ENV PIP_TRUSTED_HOST=pypi.corp.example\n"
        "ENV GIT_SSL_NO_VERIFY=1\n"
        "RUN pip install --trusted-host pypi.corp.example \\\n    --trusted-host pypi.org billing\n"
        "RUN git config --global http.sslVerify false && git clone https://git.corp.example/x\n"
        "RUN npm config set strict-ssl false\n"
        "RUN npm ci\n"
        "RUN curl -k https://pypi.corp.example/get-pip.py | python3\n"
        "RUN uv pip install --allow-insecure-host pypi.corp.example billing\n"
    )
    patched = made(text).text
    assert patched == (
        f"FROM python:3.12\n{DEBIAN}{env('PIP_CERT', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE')}"
        "RUN pip install billing\n"
        "RUN git clone https://git.corp.example/x\n"
        "RUN npm ci\n"
        "RUN curl https://pypi.corp.example/get-pip.py | python3\n"
        "RUN uv pip install billing\n"
    )
    assert not found(patched)


def test_a_name_that_the_system_ignores_is_set_right_once():
    folder = "/usr/local/share/ca-certificates"
    text = f"FROM python:3.12-slim\nCOPY ca.pem {folder}/ca.pem\nENV PIP_CERT={folder}/ca.pem\n"
    patched = made(f"{text}RUN update-ca-certificates && pip install x\n", holds=lambda _: True)
    assert f"COPY ca.pem {folder}/ca.crt\nENV PIP_CERT={BUNDLE}\n" in patched.text
    assert not found(patched.text)
    assert made(patched.text, holds=lambda _: True).text == patched.text
    several = made(f"FROM python:3.12-slim\nCOPY *.pem {folder}/\nRUN pip install x\n")
    assert any("*.pem is ignored there" in one for one in several.notes)


OFF = {
    "RUN curl -skL https://pypi.corp.example/get-pip.py | python3": (
        "RUN curl -sL https://pypi.corp.example/get-pip.py | python3"
    ),
    "RUN git -c http.sslVerify=false clone https://git.corp.example/x": (
        "RUN git clone https://git.corp.example/x"
    ),
    "RUN NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci": "RUN npm ci",
    "RUN pip install x \\\n    --trusted-host h.corp.example \\\n    -U": (
        "RUN pip install x \\\n    -U"
    ),
    "RUN pip config set global.trusted-host h.corp.example && \\\n    pip install x": (
        "RUN pip install x"
    ),
    "RUN pip install x && git config --global http.sslVerify false": "RUN pip install x",
    "RUN pip install x && git config --global http.sslVerify false "
    "&& npm config set strict-ssl false": "RUN pip install x",
    "RUN npm config set strict-ssl false; git config --global http.sslVerify false; "
    "npm ci": "RUN npm ci",
    "RUN conda config --set ssl_verify no; \\\n    conda install -y -k numpy": (
        "RUN conda install -y numpy"
    ),
    # What unsets it later would fail now.
    "RUN set -e; git config --global http.sslVerify false; git clone https://h.corp.example/x; "
    "git config --global --unset http.sslVerify": (
        "RUN set -e; git clone https://h.corp.example/x"
    ),
    "RUN <<EOF\ngit config --global http.sslVerify false\npip install x\nEOF": (
        "RUN <<EOF\npip install x\nEOF"
    ),
    "ENV A=b \\\n    PIP_TRUSTED_HOST=h.corp.example \\\n    C=d\nRUN pip install x": (
        "ENV A=b \\\n    C=d\nRUN pip install x"
    ),
    "ENV A=b \\\n    UV_INSECURE_HOST=h.corp.example\nRUN pip install x": (
        "ENV A=b\nRUN pip install x"
    ),
    "COPY <<EOF /etc/pip.conf\n[global]\ntrusted-host = h.corp.example\nEOF\nRUN pip install x": (
        "COPY <<EOF /etc/pip.conf\n[global]\nEOF\nRUN pip install x"
    ),
}


@pytest.mark.parametrize("text", OFF)
def test_a_switch_is_taken_out_and_nothing_else(text):
    patched = made(f"FROM python:3.12\n{text}\n").text
    lines = [one for one in patched.splitlines() if one not in (*DEBIAN.splitlines(), "")]
    lines = [one for one in lines if not one.endswith(f"={BUNDLE}")]
    assert "\n".join(lines) == f"FROM python:3.12\n{OFF[text]}"


def test_what_cannot_be_taken_out_is_said_with_its_line():
    text = (
        "FROM python:3.12\nRUN printf '[global]\\ntrusted-host = h.corp.example\\n' > /etc/pip.conf\n"
        "RUN pip install billing\n"
    )
    patched = made(text)
    assert "trusted-host = h.corp.example" in patched.text
    assert patched.notes[0] == "line 2: take it out yourself: trusted-host h.corp.example"


def test_a_host_over_plain_http_stays_trusted_and_that_is_said():
    text = (
        "FROM python:3.12\nRUN pip install -i http://old.corp.example/simple "
        "--trusted-host old.corp.example billing\n"
    )
    patched = made(text)
    assert "--trusted-host old.corp.example" in patched.text
    assert any("plain HTTP" in one for one in patched.notes)


def test_without_a_ca_nothing_is_changed_and_it_is_asked_for():
    text = "FROM python:3.12\nRUN pip install --trusted-host h.corp.example billing\n"
    patched = made(text, cas=())
    assert patched.wants_ca
    assert patched.text == text


def test_several_cas_are_copied_together():
    more = Ca(source="corp-ca-2.crt", name="corp-ca-2.crt", sha256="1" * 64)
    patched = made("FROM alpine\nRUN pip install billing\n", cas=(CA, more)).text
    folder = "/usr/local/share/ca-certificates"
    assert f"COPY corp-ca.crt corp-ca-2.crt {folder}/\n" in patched
    assert f"RUN cat {folder}/corp-ca.crt {folder}/corp-ca-2.crt >> {BUNDLE}" in patched


SECRET = "--mount=type=secret,id=ca-bundle,mode=0444"


def test_a_secret_is_there_for_each_run_and_stays_nowhere():
    text = (
        "FROM python:3.12\n"
        "RUN --mount=type=cache,target=/c pip install billing\n"
        'RUN ["uv", "sync"]\n'
        "RUN <<EOF\nnpm ci\nEOF\n"
        "RUN echo hello\n"
    )
    patched = made(text, cas=(), way=Way.SECRET)
    assert patched.text == (
        "FROM python:3.12\n"
        f"RUN --mount=type=cache,target=/c {SECRET} \\\n"
        "    export PIP_CERT=/run/secrets/ca-bundle && \\\n    pip install billing\n"
        f'RUN {SECRET} ["env", "SSL_CERT_FILE=/run/secrets/ca-bundle", "uv", "sync"]\n'
        f"RUN {SECRET} <<EOF\nexport NODE_EXTRA_CA_CERTS=/run/secrets/ca-bundle\nnpm ci\nEOF\n"
        "RUN echo hello\n"
    )
    assert made(patched.text, cas=(), way=Way.SECRET).text == patched.text
    assert not found(patched.text)
    assert "--secret id=ca-bundle" in patched.notes[-1]


def test_a_secret_for_what_reads_no_variable_is_refused_or_said():
    patched = made("FROM alpine\nRUN apk add git && wget https://x.corp.example\n", way=Way.SECRET)
    assert "takes no CA from a variable" in patched.notes[0]
    stays = f"FROM python:3.12\n{DEBIAN}RUN pip install billing\n"
    (refusal,) = made(stays, way=Way.SECRET).refusals
    assert "already" in refusal.why
