"""Which indexes are somebody's own, and where a mirror of the public index lies."""

import pytest

from certmend.judge.linting.hosts import host_named, in_a_domain, is_private, mirrors_pypi


@pytest.mark.parametrize(
    "url",
    [
        "https://pypi.corp.example/simple/",
        "http://10.1.2.3:8081/simple",
        "https://wheels.internal.example/simple",
        "https://$USER:$PASSWORD@$HOST/simple",
        "https://${TOKEN}@pypi.fury.io/corp/",
        "${CI_API_V4_URL}/projects/1/packages/pypi/simple",
        "https://corp-1.d.codeartifact.eu-west-1.amazonaws.com/pypi/team/simple/",
    ],
)
def test_private(url):
    assert is_private(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://pypi.org/simple",
        "https://download.pytorch.org/whl/cpu",
        "https://wheels.maker.example/nightly/",
        "https://maker.example/whl/cu126",
        "https://maker.s3.eu-west-1.amazonaws.com/index/",
        "https://maker.oss-cn-beijing.aliyuncs.com/repo.html",
        "https://pypi.fury.io/maker/",
        "http://localhost:3141/root/pypi",
        "https://${HOST}/simple",
        "$INDEX_URL",
    ],
)
def test_not_private(url):
    assert not is_private(url)


def test_a_mirror_host_serves_more_than_the_mirror():
    assert mirrors_pypi("https://mirrors.aliyun.com/pypi/simple/")
    assert mirrors_pypi("https://pypi.org")
    assert not mirrors_pypi("https://mirrors.aliyun.com/pytorch-wheels/cu121")
    assert mirrors_pypi("https://repo.huaweicloud.com/repository/pypi/simple")
    assert not mirrors_pypi("https://repo.huaweicloud.com/maker/repos/pypi")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://${NEXUS_HOST}/repository/pypi-hosted/simple", "${NEXUS_HOST}"),
        ("https://${USER}:${PASSWORD}@Nexus.${ZONE}:8443/simple", "nexus.${ZONE}"),
        ("https://{{ user }}@{{ host }}/simple", "{{ host }}"),
        ("https://[::1]:8080/simple", "::1"),
        ("https://a\x00b.example/simple", "a?b.example"),
    ],
)
def test_a_host_is_named_as_it_is_written(url, shown):
    assert host_named(url) == shown


def test_a_host_that_only_a_run_knows_lies_in_a_domain_and_has_an_end():
    assert in_a_domain("\0.corp.example")
    assert not in_a_domain("\0.corp.example" * 10_000)
