"""Hosts and URLs of indexes: loopback, the public index, its mirrors, other public indexes."""

import ipaddress
import re
from functools import lru_cache

from certmend.model import lazy
from certmend.model.text import visible

PYPI = frozenset(
    (
        "pypi.org",
        "www.pypi.org",
        "files.pythonhosted.org",
        "pypi.python.org",
        "pythonhosted.org",
        "upload.pypi.org",
        "test.pypi.org",
        "test-files.pythonhosted.org",
        "testpypi.python.org",
        "pypi.io",
        "cheeseshop.python.org",
        "bootstrap.pypa.io",
        "warehouse.python.org",
        "a.pypi.python.org",
        "b.pypi.python.org",
        "c.pypi.python.org",
        "d.pypi.python.org",
        "e.pypi.python.org",
        "f.pypi.python.org",
        "g.pypi.python.org",
        "legacy.pypi.org",
        "pypi.pythonhosted.org",
        "packages.python.org",
        "www.pythonhosted.org",
    )
)
"""The public index, its file host, and names they had or have beside."""
MIRRORS = frozenset(
    (
        "mirrors.aliyun.com",
        "mirrors.cloud.aliyuncs.com",
        "pypi.tuna.tsinghua.edu.cn",
        "mirrors.tuna.tsinghua.edu.cn",
        "pypi.douban.com",
        "pypi.doubanio.com",
        "pypi.mirrors.ustc.edu.cn",
        "mirrors.ustc.edu.cn",
        "mirrors.cloud.tencent.com",
        "mirrors.tencent.com",
        "mirrors.bfsu.edu.cn",
        "repo.huaweicloud.com",
        "mirrors.huaweicloud.com",
        "mirrors.163.com",
        "mirror.baidu.com",
        "mirrors.sustech.edu.cn",
        "mirror.sjtu.edu.cn",
        "mirrors.sjtug.sjtu.edu.cn",
        "mirror.nju.edu.cn",
        "mirrors.zju.edu.cn",
        "mirrors.pku.edu.cn",
        "mirrors.hust.edu.cn",
        "pypi.hustunique.com",
        "mirrors.volces.com",
        "mirrors.tencentyun.com",
        "pypi.sdutlinux.org",
        "pypi.mirrors.sjtug.org",
        "mirror.kakao.com",
        "ftp.daumkakao.com",
        "mirrors.neusoft.edu.cn",
        "mirrors.sohu.com",
        "simple.crate.io",
        "pypi.fcio.net",
        "mirrors.ivolces.com",
        "mirror-pypi.runflare.com",
        "mirrors.dotsrc.org",
        "pypi.devinfra.ir",
        "package-mirror.liara.ir",
        "mirror.yandex.ru",
    )
)
"""Mirrors of the public index."""
_PUBLIC = frozenset(
    (
        "download.pytorch.org",
        "pypi.nvidia.com",
        "pypi.ngc.nvidia.com",
        "wheels.vllm.ai",
        "data.pyg.org",
        "developer.download.nvidia.com",
        "www.piwheels.org",
        "piwheels.org",
        "pypi.anaconda.org",
        "flashinfer.ai",
        "wheels.opendronemap.org",
        "pypi.jetson-ai-lab.dev",
        "pypi.jetson-ai-lab.io",
        "download.openmmlab.com",
        "alpine-wheels.github.io",
        "wheels.home-assistant.io",
        "dl.fbaipublicfiles.com",
        "wheels.hub.zapps.io",
        "paddle-wheel.bj.bcebos.com",
        "www.paddlepaddle.org.cn",
        "huggingface.co",
        "pypi.rasa.com",
        "wheels.scipy.org",
        "pypi.vnpy.com",
        "aiinfra.pkgs.visualstudio.com",
        "wheels.eccenca.com",
        "repo.radeon.com",
        "rocm.nightlies.amd.com",
        "intel-extension-for-pytorch.s3.amazonaws.com",
        "pytorch-extension.intel.com",
        "conda.anaconda.org",
        "abetlen.github.io",
        "pypi.clarifai.com",
        "triton-ascend.osinfra.cn",
        "pypi.quantconnect.com",
        "dist.plone.org",
        "download.zope.org",
        "wheelhouse.openquake.org",
        "wheels.galaxyproject.org",
        "packages.unity.com",
        "pypi.h2o.ai",
        "h2o-release.s3.amazonaws.com",
        "fenicsproject.github.io",
        "wheels.pyodide.org",
        "wheel-index.linuxfoundation.org",
        "download.dgl.ai",
        "data.dgl.ai",
        "software.repos.intel.com",
        "kfp-pypi.github.io",
        "pypi.apple.com",
        "gitlab.com",
        "mirrors.ircica.fr",
        "pip.modular.com",
        "dl.modular.com",
        "pytorch.org",
        "files.nordicsemi.com",
        "repos.metax-tech.com",
        "storage.openvinotoolkit.org",
        "chaquo.com",
        "packages.redhat.com",
        "nexus3.onap.org",
        "spare-tire.testing.ansible.com",
        "pypi.fury.io",
        "packagecloud.io",
        "pypi.gurobi.com",
        "pypi.amd.com",
        "dl.espressif.com",
    )
)
"""Public indexes that hold their makers' own packages."""
_PUBLIC_ENDS = (
    ".github.io", ".readthedocs.io", ".pytorch.org", ".nvidia.com", ".scientific-python.org",
    ".anaconda.org", ".pypi.org", ".pythonhosted.org", ".tsinghua.edu.cn", ".jetson-ai-lab.dev",
)  # fmt: skip
_PUBLIC_URL = lazy.regex(
    r"storage\.googleapis\.com/(?:jax|libtpu|tf|tensorflow|pytorch)|s3[.\w-]*\.amazonaws\.com/"
    r"(?:pytorch|wheels)|github\.com/[^/]+/[^/]+/releases|gitlab\.com/api/v4/projects/\d+/packages/pypi/simple/?$"
    r"|cloudsmith\.io/public/|/whl/(?:cu|cpu|rocm|xpu|nightly|torch)|raw\.githubusercontent\.com|/pytorch-wheels"
)
_VARIABLE = lazy.regex(
    r"\$\{\{.{0,1000}?\}\}|\$\{[^}]{0,1000}\}|\$\([^)]{0,1000}\)|\{\{.{0,1000}?\}\}|\{[^}]{0,1000}\}"
)
_SPECIAL = frozenset(("localhost", "0.0.0.0", "::1", "ip6-localhost", "localhost.localdomain"))  # noqa: S104  named, not bound
_KEPT = 1024
"""Hosts and URLs whose answers are kept: a project names the same ones again and again."""


@lru_cache(_KEPT)
def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    host = host.strip("[]").lower().rstrip(".")
    if host in _SPECIAL or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@lru_cache(_KEPT)
def host_of(url: str) -> str:
    """The host of a URL or of `host:port`, in lower case; empty when it cannot be told."""
    return _authority(_after_scheme(url))[1]


def host_named(url: str) -> str:
    """The host as a message names it: a variable in it stands there as it is written."""
    if _ALONE.fullmatch(written := url.strip("\"' ")):
        return visible(written, 80)
    rest = _after_scheme(url)
    user, host = _authority(rest)
    names = iter(_VARIABLE.findall(rest)[user.count("\0") :])
    return visible(re.sub("\0", lambda _: next(names, "?"), host), 80)


def _after_scheme(url: str) -> str:
    text = url.strip().strip("'\"")
    text = re.sub(r"^(?:git|hg|svn|bzr)\+", "", text)
    return text.split("//", 1)[1] if "://" in text else text


def _authority(rest: str) -> tuple[str, str]:
    """What stands before the `@`, and the host, with a NUL for each variable and template.

    A template or variable may hold any character.
    """
    authority = re.split(r"[/?#]", _VARIABLE.sub("\0", rest), maxsplit=1)[0]
    user, _, name = authority.rpartition("@")
    if name.startswith("["):
        return user, name[1:].partition("]")[0].lower()
    return user, name.partition(":")[0].lower().rstrip(".")


def is_pypi(host: str) -> bool:
    """Whether it is the public index or its file host, under an old name too."""
    return host in PYPI


def is_public(url: str) -> bool:
    """Whether an index is public: the public index, a mirror of it, or a maker's own."""
    host = host_of(url)
    if _WITH_TOKEN.search(url):
        return False
    public = host in PYPI or host in MIRRORS or host in _PUBLIC or host.endswith(_PUBLIC_ENDS)
    return (public and not _has_user(url)) or bool(_PUBLIC_URL.search(url) and not _has_user(url))


def is_private(url: str) -> bool:
    """Whether an index is somebody's own: not public, or asked with credentials.

    A host that is known only when the file runs counts when the URL holds credentials, or when
    what it is put together from is named after a registry product or a company's own.
    """
    if is_public(url):
        return False
    host = host_of(url)
    if is_known(host):
        return not is_loopback(host) and bool(_OWN.search(host) or not _SHELF.search(url.lower()))
    return _has_user(_VARIABLE.sub("x", url)) or bool(_OWN.search(url))


def is_handed_in(url: str) -> bool:
    """Whether an index is a variable alone, named for nothing that a public shelf holds.

    Who writes the public index out and leaves the other to a variable hides an address of his own.
    """
    return bool(_ALONE.fullmatch(url.strip("\"' "))) and not _SHELF_NAME.search(url)


_ALONE = lazy.regex(r"\$\{?[A-Za-z_]\w*\}?|\$\{\{[^{}]*\}\}|\$\(\w+\)|%\w+%|\$env:\w+")
_SHELF_NAME = lazy.regex(
    r"torch|cuda|cudnn|rocm|nvidia|whl|wheel|nightly|test_?pypi|jax|tensorrt|mirror|public|cpu|gpu|vllm",
    re.IGNORECASE,
)
_WITH_TOKEN = lazy.regex(r"^https?://(?:pypi\.fury\.io/[^/]+/[^/?#]+|packagecloud\.io/priv/)")
"""Gemfury takes a token as the first part of the path, packagecloud behind `priv`."""
_SHELF = lazy.regex(
    r"^https?://(?:wheels?|whl|downloads?|dl|storage)\.|/(?:wheels?|whl)(?:[/_-]|$)|[/_-]nightly|"
    r"^https?://(?!.*/simple/?$)(?:[^/]*\.)?(?:azureedge\.net|azurefd\.net|cloudfront\.net|s3[\w.-]*\.amazonaws\.com|"
    r"storage\.googleapis\.com|blob\.core\.windows\.net|r2\.dev|pages\.dev|netlify\.app|"
    r"oss[\w.-]*\.aliyuncs\.com|obs[\w.-]*\.myhuaweicloud\.com|bcebos\.com)(?:[:/]|$)"
)
"""What a maker puts on a public shelf: folders of wheels, and stores that ask for no password.

A company's own index stands behind a registry that does; one laid out as an index is somebody's.
"""
_OWN = lazy.regex(
    r"nexus|artifactory|jfrog|devpi|private|internal|corp|gitlab|CI_(?:API|SERVER|PROJECT)|fury|"
    r"codeartifact|company|intra|cloudsmith|packages/pypi|/repository/[^/]+/simple|/api/pypi/|"
    r"/_packaging/|/\+simple",
    re.IGNORECASE,
)
"""Names of registry products and of a company's own; the paths that Nexus, Artifactory, Azure
Artifacts and devpi give to their indexes.
"""


def mirrors_pypi(url: str) -> bool:
    """Whether an index holds the names of the public one: anybody can put a name there."""
    host = host_of(url)
    path = url.lower().partition("://")[2].partition("/")[2]
    if host in PYPI or not path:
        return host in PYPI or host in MIRRORS
    if _PROXY.search(path):
        return True
    return host in MIRRORS and bool(_MIRROR_PATHS.get(host, _MIRROR_PATH).search(path))


_PROXY = lazy.regex(
    r"(?:^|/)(?:pypi[-_.](?:org[-_.])?(?:remote|proxy|mirror|cache)|"
    r"(?:remote|proxy|mirror|cache)[-_.]pypi(?:[-_.]org)?|root/pypi)(?:/|$)|"
    r"/(?:api/pypi|repository)/(?=(?:[^/_.-]+[_.-])*(?:pypi|python\d?|pip\d?)[/_.-])"
    r"(?:[^/_.-]+[_.-])*(?:remote|proxy|mirror|cache)(?:[_.-][^/_.-]+)*(?:/|$)"
)
"""Repositories of a registry product that hand the public index on, by their usual names.

devpi's own is `root/pypi`. Behind the path of Artifactory or Nexus a team's name may stand before
them: `api/pypi/team-python-remote`, as Artifactory's advice on names has it.
"""
_MIRROR_PATH = lazy.regex(r"pypi|simple|pip\b|python")
_HUAWEI = lazy.regex(r"repository/pypi")
_MIRROR_PATHS = {"repo.huaweicloud.com": _HUAWEI, "mirrors.huaweicloud.com": _HUAWEI}
"""Where the mirror of the public index lies on a host that serves more than that."""


_RETIRED = frozenset(
    ("pypi.io", "cheeseshop.python.org", *(f"{letter}.pypi.python.org" for letter in "abcdefg"))
)
"""Names of the public index without a certificate of their own; the mirrors of PEP 381 are gone."""


def serves_tls(host: str) -> bool:
    """Whether a public host is known to serve HTTPS with a public certificate."""
    return host in _SERVES_TLS


_SERVES_TLS = PYPI - _RETIRED | {
    "mirrors.aliyun.com", "pypi.tuna.tsinghua.edu.cn", "mirrors.tuna.tsinghua.edu.cn",
    "pypi.doubanio.com", "pypi.mirrors.ustc.edu.cn", "mirrors.ustc.edu.cn",
    "mirrors.cloud.tencent.com", "mirrors.bfsu.edu.cn", "repo.huaweicloud.com", "mirrors.163.com",
    "download.pytorch.org", "pypi.nvidia.com", "pypi.ngc.nvidia.com", "www.piwheels.org",
    "pypi.douban.com",
}  # fmt: skip


def _has_user(url: str) -> bool:
    return "@" in re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]


_NAME_LIMIT = 253
"""The longest name of a host, in characters. Source: RFC 1035, 2.3.4 (255 octets on the wire)."""


def in_a_domain(host: str) -> bool:
    """Whether a host, with a NUL for what only a run knows, lies in a domain that is written."""
    if len(host) > _NAME_LIMIT:
        return False
    return bool(re.fullmatch(r"[^\s/]*\0[^\s/]*(?:\.[a-z0-9-]+){1,9}\.[a-z]{2,}", host))


def is_known(host: str) -> bool:
    """Whether a host's name is written out: no variable, template or placeholder in it."""
    written = re.fullmatch(r"[a-z0-9._:][a-z0-9._:-]*", host)
    return bool(written) and not re.fullmatch(r"(?:replace|change)[-_]?me", host)
