"""What is known of base images: their family, whether the refresh command is there, their user.

Read in the images' own Dockerfiles (docker-library, ubi, astral-sh/uv, mambaorg, jupyter and so
on). What a table does not know is told by the commands that the file runs in the image.
"""

import re

import msgspec

from certmend.builds.families import ALPINE, ARCH, AZURE_LINUX, DEBIAN, RHEL, SUSE, Family


class Base(msgspec.Struct, frozen=True, kw_only=True):
    """A base image."""

    family: Family | None = None
    """None where neither its name nor the table tells."""
    ready: bool = False
    """Whether the refresh command is known to be in it."""
    user: str = ""
    """The user that its commands run as; empty for root."""
    why_not: str = ""
    """Why nothing can be run in it, where that is so."""


_BARE = Base(why_not="it has no shell and no package manager")
_WINDOWS = Base(why_not="it is a Windows image: its store is filled by certutil, not by a file")
_NIX = Base(why_not="it is a Nix image: its bundle is a part of the read-only store")
_ALPINE_TAG = re.compile(r"(?:^|[-_.])(?:alpine|musl)")
_RHEL_TAG = re.compile(
    r"(?:^|[-_.])(?:ubi\d*|rockylinux|rocky|almalinux|centos|fedora|amazonlinux|al2023|al2|"
    r"oraclelinux|oracle|rhel|el[789])"
)
_DEBIAN_TAG = re.compile(
    r"(?:^|[-_.])(?:slim|buster|bullseye|bookworm|trixie|sid|debian|ubuntu|bionic|focal|jammy|noble)"
)
_MARINER_TAG = re.compile(r"(?:^|[-_.])(?:cbl-mariner|mariner|azurelinux)")
_WINDOWS_NAME = re.compile(
    r"windowsservercore|nanoserver|(?:^|/)windows(?:/|$)|(?:^|[-_.])ltsc20\d\d|servercore"
)


def _row(
    names: str, family: Family | None, *, ready: bool = False, user: str = ""
) -> tuple[re.Pattern[str], Base]:
    return re.compile(names), Base(family=family, ready=ready, user=user)


_TABLE = (
    (re.compile(r"scratch|busybox|.*distroless.*|.*/ubi\d*-micro|.*/ubi-micro|.*/static"), _BARE),
    (re.compile(r"cgr\.dev/chainguard/(?!wolfi-base).*"), _BARE),
    (re.compile(r"nixos/nix|nixpkgs/.*|.*/nix"), _NIX),
    # Debian and Ubuntu; slim ones of debian, ubuntu, node have no ca-certificates.
    _row(r"(?:.*/)?(?:debian|ubuntu|minideb|bitnami/minideb)", DEBIAN),
    _row(r"(?:.*/)?(?:python|pypy|golang|ruby|rust|php|perl|gcc|buildpack-deps)", DEBIAN, ready=True),
    _row(r"(?:.*/)?(?:maven|gradle|eclipse-temurin|openjdk|nginx|httpd|mambaforge)", DEBIAN, ready=True),
    _row(r"(?:.*/)?node", DEBIAN),
    _row(r"(?:.*/)?(?:postgres|mysql|redis|rabbitmq|memcached|elixir|erlang|julia|r-base)", DEBIAN),
    _row(r"(?:docker\.io/)?continuumio/(?:mini|ana)conda3?", DEBIAN, ready=True),
    _row(r"(?:docker\.io/|quay\.io/)?condaforge/(?:miniforge3|mambaforge.*)", DEBIAN, ready=True),
    _row(r"(?:docker\.io/|ghcr\.io/)?mambaorg/micromamba", DEBIAN, user="$MAMBA_USER"),
    _row(r"(?:docker\.io/|quay\.io/)?jupyter(?:hub)?/(?!k8s).*", DEBIAN, ready=True, user="${NB_UID}"),
    _row(r"(?:docker\.io/)?apache/airflow", DEBIAN, ready=True, user="airflow"),
    _row(r"(?:docker\.io/)?apache/superset", DEBIAN, ready=True, user="superset"),
    _row(r"(?:docker\.io/)?(?:apache/)?spark(?:-py)?", DEBIAN, user="spark"),
    _row(r"(?:docker\.io/)?bitnami/.*", DEBIAN, ready=True, user="1001"),
    _row(r"(?:docker\.io/)?jenkins/jenkins", DEBIAN, ready=True, user="jenkins"),
    _row(r"(?:docker\.io/)?jenkins/(?:inbound-agent|agent)", DEBIAN, ready=True, user="jenkins"),
    _row(r"(?:docker\.io/)?gitpod/workspace-.*", DEBIAN, ready=True, user="gitpod"),
    _row(r"(?:docker\.io/)?(?:cimg|circleci)/.*", DEBIAN, ready=True, user="circleci"),
    _row(r"(?:docker\.io/)?selenium/.*", DEBIAN, ready=True, user="seluser"),
    _row(r"quay\.io/astronomer/.*|astrocrpublic\.azurecr\.io/.*", DEBIAN, ready=True, user="astro"),
    _row(r"(?:docker\.io/)?(?:nvidia/cuda|tensorflow/.*|pytorch/.*|nvcr\.io/.*|rocm/.*)", DEBIAN),
    _row(r"nvcr\.io/.*|(?:docker\.io/)?(?:ros|osrf/ros|tiangolo/.*|huggingface/.*)", DEBIAN),
    _row(r"mcr\.microsoft\.com/(?:vscode/)?devcontainers/.*", DEBIAN, ready=True),
    _row(r"mcr\.microsoft\.com/(?:dotnet|playwright|azure-functions|oryx)/?.*", DEBIAN, ready=True),
    _row(r"ghcr\.io/astral-sh/uv", None),
    _row(r"(?:docker\.io/)?docker", ALPINE, ready=True),
    # RHEL and its like: all of them have ca-certificates, because dnf needs it.
    _row(r"(?:.*/)?ubi\d*/(?:python|nodejs|s2i).*", RHEL, ready=True, user="1001"),
    _row(r"(?:.*/)?(?:rhel\d+/)?(?:python|nodejs)-\d+(?:-minimal)?", RHEL, ready=True, user="1001"),
    _row(r"(?:.*/)?(?:ubi\d*(?:[/-].*)?|fedora(?:-minimal)?|centos|rockylinux|almalinux)", RHEL, ready=True),
    _row(r"(?:.*/)?(?:rockylinux/.*|almalinux/.*|oraclelinux|amazonlinux|stream\d+|rhel\d*)", RHEL, ready=True),
    _row(r"(?:public\.ecr\.aws/)?(?:lambda/|sam/build-|amazon/aws-lambda-|amazon/aws-sam-).*", RHEL, ready=True),
    _row(r"(?:quay\.io/)?pypa/manylinux.*", RHEL, ready=True),
    _row(r"(?:quay\.io/)?pypa/musllinux.*", ALPINE),
    _row(r"mcr\.microsoft\.com/(?:cbl-mariner|azurelinux)/.*", AZURE_LINUX),
    _row(r"(?:.*/)?(?:alpine|wolfi-base)", ALPINE),
    _row(r"(?:ghcr\.io/)?(?:home-assistant|hassio-addons|linuxserver)/.*alpine.*", ALPINE),
    _row(r"(?:.*/)?(?:archlinux|archlinux/.*|manjarolinux/.*)", ARCH, ready=True),
    _row(r"(?:.*/)?(?:opensuse/.*|opensuse|bci/.*|suse/.*|sles?\d*|tumbleweed|leap)", SUSE, ready=True),
)  # fmt: skip
_PYTHON_TAG = re.compile(r"python[:-]?(\d+)\.(\d+)")
_DISTROLESS_UV = re.compile(r"(?:latest|\d+(?:\.\d+)*|)")


def base(image: str) -> Base:
    """What its name tells of an image; `${…}` may stand where only the build knows."""
    name, tag = _parted(image.lower())
    if _WINDOWS_NAME.search(name) or _WINDOWS_NAME.search(tag):
        return _WINDOWS
    found = next((row for names, row in _TABLE if names.fullmatch(name)), Base())
    if found.why_not:
        return found
    if name.endswith("astral-sh/uv"):
        return _uv(tag)
    return _by_tag(found, name, tag)


def _parted(image: str) -> tuple[str, str]:
    """The name without `docker.io/library/`, and the tag without a digest."""
    image = image.partition("@")[0]
    slash = image.rfind("/")
    name, _, tag = image[slash + 1 :].partition(":")
    whole = re.sub(r"^docker\.io/|^index\.docker\.io/|(?:^|(?<=/))library/", "", image[: slash + 1])
    return whole + name, tag


def _by_tag(found: Base, name: str, tag: str) -> Base:
    """The tag tells of another family than the name's usual one."""
    words = f"{name.rsplit('/', 1)[-1]}-{tag}"
    official = "python" in name or name in ("docker", "golang")
    if _ALPINE_TAG.search(words):
        ready = official and name.rsplit("/", 1)[-1] in ("python", "pypy", "docker")
        return msgspec.structs.replace(found, family=ALPINE, ready=ready)
    if _MARINER_TAG.search(words):
        return msgspec.structs.replace(found, family=AZURE_LINUX, ready=False)
    if _RHEL_TAG.search(words):
        return msgspec.structs.replace(found, family=RHEL, ready=True)
    if found.family is None and _DEBIAN_TAG.search(words):
        return msgspec.structs.replace(found, family=DEBIAN)
    if name.rsplit("/", 1)[-1] == "node" and tag and "slim" not in tag and "$" not in tag:
        return msgspec.structs.replace(found, ready=True)  # made of buildpack-deps
    return found


def _uv(tag: str) -> Base:
    """Uv's own images: of Python's, of Debian's and Alpine's, or nothing but the two programs."""
    if _DISTROLESS_UV.fullmatch(tag):
        return _BARE
    family = ALPINE if "alpine" in tag else DEBIAN
    return Base(family=family, ready="python" in tag)


def python_of(image: str) -> tuple[int, int] | None:
    """The version of Python that an image's name states."""
    match = _PYTHON_TAG.search(image)
    return (int(match[1]), int(match[2])) if match else None
