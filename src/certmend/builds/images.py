"""What is known of base images: their family, whether the refresh command is there, their user.

Read in the images' own Dockerfiles (docker-library, ubi, astral-sh/uv, mambaorg, jupyter and so
on). What a table does not know is told by the commands that the file runs in the image.
"""

import re

import msgspec

from certmend.builds.families import ALPINE, ARCH, AZURE_LINUX, DEBIAN, RHEL, SUSE, Family
from certmend.model import images


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
    family: Family | None, *names: str, ready: bool = False, user: str = ""
) -> tuple[re.Pattern[str], Base]:
    """Images of these names, with or without the name of their registry."""
    pattern = "|".join(rf"(?:.*/)?{name}" for name in names)
    return re.compile(pattern), Base(family=family, ready=ready, user=user)


_TABLE = (
    (re.compile(r"scratch|busybox|.*distroless.*|.*/ubi\d*-micro|.*/static"), _BARE),
    (re.compile(r"cgr\.dev/chainguard/(?!wolfi-base).*"), _BARE),
    (re.compile(r"(?:.*/)?nix|nixpkgs/.*"), _NIX),
    # RHEL and its like: all of them have ca-certificates, because dnf needs it.
    _row(RHEL, r"ubi\d*/(?:python|nodejs).*", r"(?:rhel\d+/)?(?:python|nodejs)-\d+.*",
         ready=True, user="1001"),
    _row(RHEL, r"ubi\d*(?:[/-].*)?", "fedora(?:-minimal)?", "centos", r"stream\d+", r"rhel\d*",
         "(?:rockylinux|almalinux)(?:/.*)?", "oraclelinux", "amazonlinux", ready=True),
    _row(RHEL, "lambda/.*", "sam/build-.*", "amazon/aws-(?:lambda|sam)-.*", "pypa/manylinux.*",
         ready=True),
    _row(AZURE_LINUX, "(?:cbl-mariner|azurelinux)/.*"),
    _row(ALPINE, "docker", ready=True),
    _row(ALPINE, "alpine", "wolfi-base", "pypa/musllinux.*", *images.ALPINE),
    _row(ARCH, "archlinux(?:/.*)?", "manjarolinux/.*", ready=True),
    _row(SUSE, "opensuse(?:/.*)?", "bci/.*", "suse/.*", r"sles?\d*", "tumbleweed", "leap",
         ready=True),
    _row(None, "astral-sh/uv"),
    # Debian and Ubuntu, those with a user of their own first.
    _row(DEBIAN, "mambaorg/micromamba", user="$MAMBA_USER"),
    _row(DEBIAN, "(?:apache/)?spark(?:-py)?", user="spark"),
    _row(DEBIAN, "jupyter(?:hub)?/(?!k8s).*", ready=True, user="${NB_UID}"),
    _row(DEBIAN, "apache/airflow", ready=True, user="airflow"),
    _row(DEBIAN, "apache/superset", ready=True, user="superset"),
    _row(DEBIAN, "bitnami/(?!minideb).*", ready=True, user="1001"),
    _row(DEBIAN, "jenkins/(?:jenkins|inbound-agent|agent)", ready=True, user="jenkins"),
    _row(DEBIAN, "gitpod/workspace-.*", ready=True, user="gitpod"),
    _row(DEBIAN, "(?:cimg|circleci)/.*", ready=True, user="circleci"),
    _row(DEBIAN, "selenium/.*", ready=True, user="seluser"),
    _row(DEBIAN, "astronomer/.*", ready=True, user="astro"),
    # Slim images of Python and Ruby keep ca-certificates; those of Debian, Ubuntu, Node do not.
    _row(DEBIAN, "python", "pypy", "golang", "ruby", "rust", "php", "gcc", "buildpack-deps",
         "maven", "gradle", "eclipse-temurin", "(?:continuumio/)?(?:mini|ana)conda3?",
         "condaforge/(?:miniforge|mambaforge).*", "devcontainers/.*", "dotnet/.*", ready=True),
    _row(DEBIAN, "debian", "ubuntu", "minideb", "node", "nginx", "httpd", "perl", "postgres",
         "mysql", "redis", "rabbitmq", "memcached", "elixir", "erlang", "julia", "r-base", "cuda",
         "(?:playwright|azure-functions|oryx)(?:/.*)?", "(?:tensorflow|pytorch|rocm)/.*",
         r"nvcr\.io/.*", "ros", "tiangolo/.*", "huggingface/.*"),
)  # fmt: skip
_PYTHON_TAG = re.compile(r"python[:-]?(\d+)\.(\d+)")
_DISTROLESS_UV = re.compile(r"(?:latest|\d+(?:\.\d+)*|)")


def base(image: str) -> Base:
    """What its name tells of an image; `${…}` may stand where only the build knows."""
    name, tag = _parted(image.lower())
    if _WINDOWS_NAME.search(name) or _WINDOWS_NAME.search(tag):
        return _WINDOWS
    found = next((row for names, row in _TABLE if names.fullmatch(name)), Base())
    if "/chainguard/" in name and tag.endswith("-dev"):
        return Base(family=ALPINE, user="65532")  # with a shell and apk, unlike the others
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
