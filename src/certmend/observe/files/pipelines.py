"""Pipelines of the CI services, compose files, devcontainers, and other YAML that runs things."""

from collections.abc import Iterable

from certmend.model import lazy
from certmend.model.document import Entry, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import json_tree, pipeline_names, yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.pipelines import Reader

_MKDOCS = lazy.regex(r"(?:^|[/\\])mkdocs[\w.-]*\.ya?ml$")


def read(source: Source) -> Iterable[Entry]:
    """What the file runs and sets; every document of it by itself."""
    defines = bool(pipeline_names.VARIABLES_FILE.search(source.path)) and not source.embedded
    reader = Reader(source.scope, defines=defines)
    for node in yaml_tree.read(source.text):
        reader.read(node, {})
    return in_order(reader.entries, yaml_tree.comments(source.text))


def read_other(source: Source) -> Iterable[Entry]:
    """The same for files that may be anything; those of a web site's texts run nothing."""
    if pipeline_names.SITE.search(source.path) or _is_of_mkdocs(source):
        return yaml_tree.comments(source.text)
    return read(source)


def _is_of_mkdocs(source: Source) -> bool:
    """Whether a file is the settings of MkDocs, which names its site in each."""
    return bool(_MKDOCS.search(source.path)) and "site_name:" in source.text.text


def read_json(source: Source) -> Iterable[Entry]:
    """The same for JSON with comments."""
    reader = Reader(source.scope)
    for node in json_tree.read(source.text):
        reader.read(node, {})
    return in_order(reader.entries, json_tree.comments(source.text))


GITHUB_ACTIONS = FileKind(
    name="github-actions",
    role=Role.CI,
    read=read,
    names=("action.yml", "action.yaml"),
    paths=(
        ".github/workflows/*.yml",
        ".github/workflows/*.yaml",
        ".gitea/workflows/*.yml",
        ".gitea/workflows/*.yaml",
        ".forgejo/workflows/*.yml",
        ".forgejo/workflows/*.yaml",
    ),
)
GITLAB_CI = FileKind(
    name="gitlab-ci",
    role=Role.CI,
    read=read,
    names=(".gitlab-ci*.yml", ".gitlab-ci*.yaml", "*.gitlab-ci.yml", "*gitlab-ci*.yml"),
    paths=(".gitlab/*.yml", ".gitlab/ci/*.yml", ".gitlab-ci/*.yml"),
)
AZURE = FileKind(
    name="azure-pipelines",
    role=Role.CI,
    read=read,
    names=("azure-pipelines*.yml", "azure-pipelines*.yaml", "azure-pipeline*.yml"),
    paths=(".azure-pipelines/*.yml", ".azure/*.yml", ".pipelines/*.yml", "azure-pipelines/*.yml"),
)
OTHER_CI = FileKind(
    name="ci",
    role=Role.CI,
    read=read,
    names=(
        ".travis.yml", "bitbucket-pipelines.yml", ".drone.yml", ".woodpecker.yml", "appveyor.yml",
        ".appveyor.yml", "buildspec*.yml", "buildspec*.yaml", "cloudbuild*.yaml", ".cirrus.yml",
        "cloudbuild*.yml", ".readthedocs.yml", ".readthedocs.yaml", "codemagic.yaml",
        ".semaphore.yml", "wercker.yml", "shippable.yml", "codeship-steps.yml", "screwdriver.yaml",
    ),
    paths=(
        ".circleci/*.yml", ".buildkite/*.yml", ".woodpecker/*.yml", ".semaphore/*.yml",
        ".tekton/*.yaml", ".tekton/*.yml",
    ),
)  # fmt: skip
TEKTON = FileKind(name="tekton", role=Role.CI, read=read)
"""Manifests of Tekton's outside of its folder; told by what is in them."""
COMPOSE = FileKind(
    name="compose",
    role=Role.IMAGE,
    read=read,
    names=("docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml"),
)
DEVCONTAINER = FileKind(
    name="devcontainer",
    role=Role.IMAGE,
    read=read_json,
    names=("devcontainer.json", ".devcontainer.json", "devcontainer-feature.json"),
    comment="//",
)
YAML = FileKind(name="yaml", role=Role.CONFIG, read=read_other, suffixes=(".yml", ".yaml"))
