"""Hosts that everybody knows, and that show certificates of public CAs."""

PUBLIC_HOSTS = frozenset(
    {
        "pypi.org",
        "www.pypi.org",
        "pypi.python.org",
        "test.pypi.org",
        "upload.pypi.org",
        "files.pythonhosted.org",
        "test-files.pythonhosted.org",
        "github.com",
        "gitlab.com",
        "download.pytorch.org",
        "conda.anaconda.org",
        "repo.anaconda.com",
        "registry.npmjs.org",
        "pypi.nvidia.com",
    }
)
"""Hosts of packages that are known to have public certificates."""

_DOMAINS = (
    "pypi.org",
    "pythonhosted.org",
    "python.org",
    "pypa.io",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "bitbucket.org",
    "pytorch.org",
    "anaconda.org",
    "anaconda.com",
    "continuum.io",
    "binstar.org",
    "npmjs.org",
    "npmjs.com",
    "yarnpkg.com",
    "nodejs.org",
    "nvidia.com",
    "huggingface.co",
    "astral.sh",
    "python-poetry.org",
    "pypi.tuna.tsinghua.edu.cn",
    "mirrors.aliyun.com",
    "pypi.doubanio.com",
    "pypi.douban.com",
    "mirrors.ustc.edu.cn",
    "mirrors.cloud.tencent.com",
    "repo.huaweicloud.com",
    "googleapis.com",
    "crates.io",
    "docker.io",
    "debian.org",
    "ubuntu.com",
)
"""Domains of the package world; a private index is never below them."""


def is_public(host: str) -> bool:
    """Whether a host is one of these, or below one of their domains."""
    return (
        host in PUBLIC_HOSTS
        or host.endswith(tuple(f".{name}" for name in _DOMAINS))
        or (host in _DOMAINS)
    )
