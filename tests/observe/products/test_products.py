"""A registry product is known by the marks it leaves, and by nothing else."""

import pytest

from certmend import registry
from certmend.model.plugin import Product
from certmend.model.url import parse
from certmend.observe.product import recognise

ON_CORP = "https://pypi.corp.example"
BY_HOST = {
    "https://acme.jfrog.io/artifactory/api/pypi/pypi-all/simple/": "JFrog Artifactory",
    "https://pkgs.dev.azure.com/acme/_packaging/feed/pypi/simple/": "Azure Artifacts",
    "https://acme.pkgs.visualstudio.com/_packaging/feed/pypi/simple/": "Azure Artifacts",
    "https://acme-123456789012.d.codeartifact.eu-west-1.amazonaws.com/pypi/all/simple/": (
        "AWS CodeArtifact"
    ),
    "https://europe-west1-python.pkg.dev/acme/all/simple/": "Google Artifact Registry",
    "https://dl.cloudsmith.io/basic/acme/all/python/simple/": "Cloudsmith",
    "https://gitlab.com/api/v4/projects/7/packages/pypi/simple": "GitLab",
}
BY_PATH = {
    "/artifactory/api/pypi/pypi-all/simple/": "JFrog Artifactory",
    "/api/pypi/pypi-all/simple/billing/": "JFrog Artifactory",
    "/repository/pypi-group/simple/": "Sonatype Nexus 3",
    "/nexus/repository/pypi-group/simple/billing/": "Sonatype Nexus 3",
    "/root/pypi/+simple/": "devpi",
    "/index/billing/": "proxpi",
    "/api/v4/projects/acme%2Ftools/packages/pypi/simple": "GitLab",
    "/api/v4/groups/12/-/packages/pypi/simple/billing/": "GitLab",
    "/basic/acme/all/python/simple/": "Cloudsmith",
    "/api/packages/acme/pypi/simple": "Gitea or Forgejo",
    "/acme/_packaging/feed/pypi/simple/": "Azure Artifacts",
    "/pypi/stable/simple/": "Pulp",
    "/pypi/acme/stable/simple/billing/": "Pulp",
}
BY_HEADER = {
    ("X-JFrog-Version", "Artifactory/7.104.6 80104900"): "JFrog Artifactory",
    ("X-Artifactory-Id", "3f2a"): "JFrog Artifactory",
    ("WWW-Authenticate", 'Basic realm="Artifactory Realm"'): "JFrog Artifactory",
    ("Server", "Nexus/3.70.1-02 (OSS)"): "Sonatype Nexus 3",
    ("WWW-Authenticate", 'BASIC realm="Sonatype Nexus Repository Manager"'): "Sonatype Nexus 3",
    ("Server", "Nexus/2.15.1-02"): "Sonatype Nexus 2",
    ("X-DEVPI-API-VERSION", "2"): "devpi",
    ("WWW-Authenticate", 'Basic realm="pypi"'): "pypiserver",
    ("X-Gitlab-Meta", '{"correlation_id":"01J"}'): "GitLab",
    ("WWW-Authenticate", 'Basic realm="GitLab Packages Registry"'): "GitLab",
    ("Set-Cookie", "i_like_gitea=00; Path=/; HttpOnly"): "Gitea or Forgejo",
    ("WWW-Authenticate", 'Basic realm="Gitea Package API"'): "Gitea or Forgejo",
    ("X-TFS-ProcessId", "b5d2"): "Azure Artifacts",
    ("X-PULP-CACHE", "MISS"): "Pulp",
    ("X-ProGet-Version", "26.0.12.24"): "ProGet",
}
NOTHING_TOLD = (
    "https://pypi.org/simple/",
    "https://pypi.corp.example/simple/billing/",
    "https://pypi.corp.example/pypi/simple/",
    "https://jfrog.io.corp.example/simple/",
    "https://pkgs.dev.azure.com.evil.example/simple/",
    "https://notcloudsmith.io/simple/",
)


@pytest.mark.parametrize(("url", "name"), BY_HOST.items())
def test_by_its_host(url, name):
    assert recognise(parse(url), ()) == name


@pytest.mark.parametrize(("path", "name"), BY_PATH.items())
def test_by_its_path(path, name):
    assert recognise(parse(ON_CORP + path), [("Server", "nginx")]) == name


@pytest.mark.parametrize(("header", "name"), BY_HEADER.items())
def test_by_its_header(header, name):
    assert recognise(parse(f"{ON_CORP}/simple/"), [("Server", "nginx"), header]) == name


@pytest.mark.parametrize("url", NOTHING_TOLD)
def test_an_ordinary_web_server_is_no_product(url):
    headers = [("Server", "nginx"), ("X-Runtime", "0.02"), ("Set-Cookie", "session=1")]
    assert recognise(parse(url), headers) == ""


def test_the_host_counts_more_than_a_header_and_a_header_more_than_the_path():
    proget = ("X-ProGet-Version", "26.0.12.24")
    assert recognise(parse(f"{ON_CORP}/pypi/stable/simple/"), [proget]) == "ProGet"
    assert recognise(parse("https://acme.jfrog.io/simple/"), [proget]) == "JFrog Artifactory"


def test_devpi_shares_its_realm_with_pypiserver():
    headers = [("WWW-Authenticate", 'Basic realm="pypi"'), ("X-DEVPI-API-VERSION", "2")]
    assert recognise(parse(f"{ON_CORP}/simple/"), headers) == "devpi"


def test_every_product_is_reached_by_one_of_these_marks():
    known = {one.name for one in registry.load("certmend.observe.products", Product)}
    assert known == {*BY_HOST.values(), *BY_PATH.values(), *BY_HEADER.values()}
