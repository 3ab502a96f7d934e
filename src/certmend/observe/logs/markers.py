"""Where and by whom: the words of clients that name a host, a URL or themselves.

All patterns are of squeezed text. A marker that opens begins a new message; one that does not
tells more of the message around it.
"""

import re

import msgspec

from certmend.model import lazy
from certmend.model.failure.sign import curl_exits
from certmend.model.failure.wording import Expression, Wording, expression, wording

_URL = (
    r"(?P<url>https?://(?:(?:[^/@'\"<>]|<[^/@'\"<>]{1,60}>){1,300}@)?"
    r"(?P<host>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?)"
)
_HOST = r"(?P<host>[a-z0-9.-]{1,253}?)"
_DOMAIN = r"(?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})"
"""A host that nothing ends but its line."""
_PORT = r"(?P<port>\d{1,5})"


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a client; groups `url`, `host` and `port` say where."""

    wording: Wording
    client: str = ""
    opens: bool = False
    retries: bool = False
    """Whether it says that the client tries again."""
    weak: bool = False
    """A URL that is only mentioned: it counts where no other place is named."""
    connects: bool = False
    """Whether it names the connection itself: after a redirect it goes to another host."""


def _marker(
    words: str,
    client: str = "",
    *,
    opens: bool = False,
    weak: bool = False,
    retries: bool = False,
    connects: bool = False,
) -> Marker:
    return Marker(
        wording=wording(words),
        client=client,
        opens=opens,
        weak=weak,
        retries=retries,
        connects=connects,
    )


MARKERS: tuple[Marker, ...] = (
    # pip and the libraries below it
    _marker(rf"could not fetch url {_URL}", "pip", opens=True),
    _marker(r"retrying\(retry\(", opens=True, retries=True),
    _marker(
        rf"https?connection(?:pool)?\(host='{_HOST}',port=(?P<port>\d{{1,5}})\)",
        opens=True,
        connects=True,
    ),
    _marker(r"could not install packages due to", "pip", opens=True),
    # from pip 26.3 on
    _marker(rf"secure connection (?:to [a-z0-9.:-]{{1,255}}? while fetching|for) {_URL}", "pip"),
    _marker(rf"failed to connect to [^'\"<>]{{1,300}}? while fetching {_URL}", "pip", opens=True),
    _marker(rf"unable to fetch {_URL}", "pip", opens=True),
    _marker(rf"bytes were received .{{1,60}}? url: {_URL}", "pip"),
    _marker(rf"http error \d\d\d while getting {_URL}", "pip", opens=True),
    _marker(rf"skipping page {_URL}", "pip", opens=True),
    _marker(r"could not install requirement [^'\"]{1,300}? because of", "pip", opens=True),
    _marker(rf"credentials not correct for {_URL}", "pip"),
    _marker(rf"repository located at {_HOST}is not a trusted", "pip", opens=True),
    _marker(rf"user for {_DOMAIN}(?::\d{{1,5}})?:", "pip"),
    _marker(rf"(?:for|from) url:? ['\"]? {_URL}"),
    _marker(r"could not find a version that satisfies", "pip", opens=True),
    _marker(r"no matching distribution found for", "pip"),
    _marker(r"traceback \(most recent call last\)", opens=True),
    _marker(rf"connection to {_HOST} timed out"),
    _marker(r"failed to resolve '(?P<host>[^']{1,253})'"),
    _marker(rf"failed to fetch ' {_URL}", "cargo", opens=True),
    _marker(rf"unable to update {_URL}", "cargo"),
    # uv
    _marker(
        rf"failed to (?!fetch '? h)(?:fetch|download|upload|query) (?!anonymous|oauth|from)"
        rf"[^'h]{{0,80}}:? ['\"]? {_URL}",
        "uv",
        opens=True,
    ),
    _marker(rf"error sending request for url \( {_URL}", "uv"),
    _marker(rf"http status (?:client|server) error \([^()]{{1,60}}\) for url \( {_URL}", "uv"),
    _marker(rf"for url \( {_URL}"),
    _marker(r"for url \((?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})/", "uv"),
    _marker(rf"request failure for {_URL}", "uv", opens=True, retries=True),
    _marker(rf"failed to publish '[^']{{1,300}}' to {_URL}", "uv", opens=True),
    _marker(rf"received some unexpected (?:html|json) from {_URL}", "uv", opens=True),
    _marker(rf"failed to (?:download|fetch) from '{_URL}", "cargo", opens=True),
    # Poetry, PDM, pipenv, hatch, twine
    _marker(
        r"all attempts to connect to (?P<host>[a-z0-9.-]{1,253}?)(?::(?P<port>\d{1,5}))? failed",
        "poetry",
        opens=True,
    ),
    _marker(rf"error accessing {_URL}", "poetry"),
    _marker(rf"uploading distributions to {_URL}", "twine", opens=True),
    _marker(rf"httperror: \d\d\d .{{1,200}}? from {_URL}", "twine"),
    _marker(rf"uploading to repository: {_URL}", "hatch", opens=True),
    _marker(r"pipenv\.exceptions", "pipenv", opens=True),
    _marker(r"pdm\.termui", "pdm"),
    _marker(rf"failed to collect links from {_URL}", "pdm", opens=True),
    _marker(rf"failed to clone {_URL} , check your git", "poetry"),
    _marker(rf"redirectdetected: {_URL}", "twine"),
    # conda
    _marker(r"condahttperror:", "conda", opens=True),
    _marker(r"condasslerror:", "conda", opens=True),
    _marker(rf"for url <{_URL}", "conda"),
    _marker(rf"requested channel with url: {_URL}", "conda"),
    _marker(rf"download error \(\d{{1,3}}\) [^\[]{{1,80}} \[ {_URL}", "mamba", opens=True),
    # setuptools, urllib, aiohttp, httpx
    _marker(rf"download error (?:on|for) {_URL}", "setuptools", opens=True),
    _marker(r"<urlopen error", "urllib"),
    _marker(r"<protocolerror for (?P<host>[a-z0-9.-]{1,253})"),
    _marker(
        r"cannot connect to host (?P<host>[^:\s]{1,253}?):(?P<port>\d{1,5}) ssl",
        "aiohttp",
        opens=True,
    ),
    _marker(rf"connect call failed \('{_HOST}',{_PORT}"),
    _marker(rf"(?:, url=(?:url\()?'?|timeout to host) {_URL}", "aiohttp"),
    _marker(r"httpx\d?\.[a-z]{4,30}error", "httpx"),
    _marker(r"requests\.exceptions\.", "requests"),
    _marker(r"request is being made to host '(?P<host>[^']{1,253})'"),
    # git, curl, wget, npm
    _marker(rf"unable to access '{_URL}", "git", opens=True),
    _marker(r"curl:\(\d{1,3}\)", "curl", opens=True),
    *(_marker(words, "curl", opens=True) for words in curl_exits(r"\d{1,3}")),
    _marker(rf"curl error \(\d{{1,3}}\): [^\[]{{1,90}}? for {_URL}", opens=True),
    _marker(rf"failed to fetch {_URL}", "apt", opens=True),
    _marker(rf"content-length url: {_URL}", "conda"),
    _marker(rf"could(?:n't|not) resolve host (?!name):? '? {_HOST}(?![a-z0-9.-])"),
    _marker(rf"could(?:n't|not) resolve hostname {_HOST}:"),
    # Java and Ruby
    _marker(rf"unknown host exception: {_DOMAIN}"),
    _marker(rf"no such host is known\.? \({_HOST}(?::{_PORT})?\)"),
    _marker(rf"failed to open tcp connection to {_HOST}:{_PORT}"),
    _marker(rf"failed to connect to {_HOST} port (?P<port>\d{{1,5}})"),
    _marker(rf"failed connect to {_HOST}:(?P<port>\d{{1,5}})"),
    _marker(rf"in connection to {_HOST}:(?P<port>\d{{1,5}})"),
    _marker(r"target (?:host name|hostname|ipv[46] address) '(?P<host>[^']{1,253})'"),
    _marker(rf"--\d{{4}}-\d\d-\d\d\d\d:\d\d:\d\d--{_URL}", "wget", opens=True),
    _marker(rf"connecting to {_HOST} \( {_HOST.replace('host', 'address')} \)", "wget"),
    _marker(rf"cannot verify {_HOST}'s certificate", "wget"),
    _marker(r"certificate (?:of|for) '(?P<host>[^']{1,253})'"),
    _marker(r"unable to resolve host address '(?P<host>[^']{1,253})'", "wget"),
    _marker(r"npm (?:err!|error) code", "npm", opens=True),
    _marker(rf"request to {_URL}", "node"),
    _marker(r"unable_to_verify_leaf_signature", "node"),
    _marker(rf"(?<!cause=)connect e[a-z]{{4,14}} {_HOST}:{_PORT}", connects=True, weak=True),
    _marker(rf"response body at {_URL}", "npm"),
    _marker(rf"fetch failed {_URL}", "npm"),
    _marker(rf"(?:get|put|post|head) {_URL}"),
    _marker(rf"get \" {_URL}", opens=True),
    # what verifiers name
    _marker(r"certificate is not valid for '(?P<host>[^']{1,253})'"),
    _marker(r"(?:hostname|ip address)'(?P<host>[^',]{1,253})'doesn't match"),
    _marker(r"hostname(?P<host>[a-z0-9.-]{1,253})doesn't match"),
    _marker(r"not valid for name \"(?P<host>[^\"]{1,253})\""),
    _marker(r"requested host name ['\"](?P<host>[^'\"]{1,253})['\"]", "wget"),
    _marker(rf"to connect to {_HOST} insecurely", "wget"),
    _marker(r"match hostname '(?P<host>[^']{1,253})'"),
    _marker(r"(?:host|ip): (?P<host>[a-z0-9.:-]{1,253}?)\.? is not (?:in the cert|cert)"),
    # Ansible's module_utils/urls.py
    _marker(rf"validate the ssl certificate for {_HOST}:{_PORT}"),
    _marker(r"certificate does not belong to (?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})"),
    _marker(r"expected hostname: (?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})"),
    # verbose logs of connections that may have failed or not
    _marker(rf"starting new https connection\(\d{{1,4}}\): {_HOST}:{_PORT}", weak=True),
    _marker(rf"connected to {_HOST} \( [0-9a-f.:]{{3,45}} \) port {_PORT}", weak=True),
    _marker(rf"tls: connecting to {_HOST}:{_PORT}", weak=True),
    _marker(rf"-connect {_HOST}:{_PORT}", weak=True),  # openssl s_client
    _marker(rf"(?:proxy|connect) tunnel to {_HOST}:{_PORT}", weak=True),
    _marker(rf"connect {_HOST}:{_PORT} http/1\.", weak=True),
    _marker(rf"git (?:clone|fetch|pull) (?:--?[a-z0-9=-]{{1,40}}?)?{_URL}", "git", weak=True),
    _marker(_URL, weak=True),
)

CLIENTS: tuple[tuple[str, Expression], ...] = tuple(
    (name, expression(words))
    for name, words in (
        (
            "uv",
            r"\buv(?:\.exe)? (?:pip|sync|add|lock|run|tool|venv|python|publish)\b|uv-client"
            r"|no solution found when resolving|in the package registry|wrappedreqwesterror"
            r"|indexes search failed because|ignoring invalid `?ssl_cert"
            r"|failed to build http client",
        ),
        (
            "poetry",
            r"poetry (?:install|add|lock|update|\(version)|probable causes:|poetry[/\\]"
            r"|package operations: \d|installing dependencies from lock file"
            r"|, version solving failed"
            r"|retrying http request|\[urllib3[.:][a-z0-9.]{0,40}connectionpool\]"
            r"|^at [^\s\u2502]{1,300}\.py:\d{1,5} in \w|^http error \d{3}: [^\n|]{1,60} \| b'",
        ),
        (
            "pdm",
            r"\bpdm(?:\.exe)? (?:-v )?(?:install|add|lock|sync|update|publish|info|python)\b"
            r"|pdm\.(?:termui|exe\b)|\bpdm[/\\]|\bpdm version|/pdm-[a-z]{3,10}-\S{1,40}\.log"
            r"|^add '-v' to see the detailed traceback",
        ),
        (
            "pipenv",
            r"pipenv (?:install|lock|sync)|pipenv[/\\.]|locking failed"
            r"|locking \[[a-z-]{1,40}\] dependencies|to pipfile's \["
            r"|pipfile\.lock (?:not found|\()",
        ),
        (
            "pipx",
            r"\bpipx(?:\.exe)? (?:install|run|upgrade|inject)|possibly relevant errors from pip"
            r"|fatal error from pip prevented|[/\\]pipx[/\\]logs[/\\]",
        ),
        ("twine", r"twine (?:upload|register)|twine/"),
        ("hatch", r"hatch (?:publish|build|env)|hatch/"),
        ("flit", r"flit (?:publish|install)|flit/|i-flit"),
        (
            "conda",
            r"\bconda (?:install|create|update|env)|condahttp|condassl|solving environment"
            r"|unavailableinvalidchannel|collecting package metadata \("
            r"|packagesnotfound(?:inchannels)?error",
        ),
        (
            "mamba",
            r"mamba (?:install|create|update|env|repoquery|search)\b|libmamba"
            r"|^\S{1,80}/(?:noarch|(?:linux|osx|win)-[a-z0-9]{2,8}) {1,30}\[[=>]",
        ),
        ("setuptools", r"easy_install|setup\.py|parse_requirement|some packages may not be found"),
        (
            "npm",
            r"(?<!p)npm (?:err!|error\b|warn\b|install\b|ci\b)|npm-cli\.js|silly maptoregistry"
            r"|\bnode_modules[/\\]npm[/\\]"
            r"|^(?:verbose|info|error) (?:npm|cli|using npm|stack|argv|errno)\b"
            r"|^(?:silly|verbose|info) (?:(?:pre|post)?(?:un)?install|lifecycle|unbuild)\b"
            r"|^silly [a-z]|^(?:verbose|info|http) (?:attempt registry|request uri|retry will"
            r"|(?:request|fetch) (?:get|put|post) http)",
        ),
        ("pnpm", r"\bpnpm (?:install|add|i)\b|\berr_pnpm_|\bnode_modules[/\\]pnpm[/\\]"),
        (
            "yarn",
            r"\byarn (?:install|add|run) v?\d|\byarn (?:install|add)\b|yarnpkg"
            r"|\bnode_modules[/\\]yarn[/\\]"
            r"|[/\\]yarn(?:\.js)?:\d",
        ),
        (
            "cargo",
            r"\bcargo (?:build|check|fetch|install|run|test|update)\b|spurious network error"
            r"|updating crates\.io index|unable to get packages from source"
            r"|net\.git-fetch-with-cli|\.cargo[/\\](?:git|registry)|; class=(?:ssl|net|http|os) \(",
        ),
        (
            "pip",
            r"(?<!uv )\bpip(?:[23](?:\.\d{1,2})?)?(?:\.exe)? (?:install|download|wheel|index)\b"
            r"|pip[/\\.]_(?:vendor|internal)"
            r"|could not fetch url|looking in (?:indexes|links)|no matching distribution found"
            r"|warning: retrying"
            r"|retrying \(retry\([^\n]{1,900}': /(?:\S{0,200}/)?(?:simple|packages)/"
            r"|pip is configured|new release of pip|using pip version"
            r"|could not install packages due to|problem confirming the ssl certificate",
        ),
        (
            "git",
            # in every language: fatal: unable to access 'https://…'
            r"fatal: (?:unable to (?:access|find remote helper)|could not read"
            r"|authentication failed|repository ')"
            r"|^fatal ?: [^\n]{1,60}https?://"
            r"|\bgit (?:clone|fetch|pull|push)\b|rpc failed;|\b(?:fetch|index)-pack\b"
            r"|^remote: (?:enumerating|counting|compressing)",
        ),
        (
            "wget",
            r"\bwget(?:\.exe)?(?::| -| [\"']?https?:|[ /]\d)"
            r"|^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--",
        ),
        ("curl", r"curl: \(|\bcurl (?:failed|exited|finished|returned|error)\b"),
    )
)
"""How a client is told from lines that name no host; of plain text in lower case."""

LIBRARIES: tuple[tuple[str, Expression], ...] = tuple(
    (name, expression(words))
    for name, words in (
        ("httpx", r"(?<!_vendor[/\\])\bhttp(?:x\d?|core)[/\\.]"),
        ("aiohttp", r"\baiohttp[/\\.]"),
        (
            "requests",
            r"(?<!_vendor[/\\])\brequests[/\\](?:packages[/\\]|(?:adapters|sessions|api|models)\.py)"
            r"|(?<!_vendor\.)\brequests\.(?:exceptions|(?:get|post|put|head|session|request)\()"
            r"|\d{3} (?:client|server) error: [^\n]{1,60} for url",
        ),
        ("urllib", r"\burllib2?(?:\.error\.|\.request\.|[/\\]request\.py|\.(?:url|http)error)"),
        ("node", r"\(node:\d{1,8}\)|\btlssocket\.|_tls_wrap"),
        (
            "docker",
            r"failed to authorize: failed to fetch|error response from daemon|failed to solve:"
            r"|\bdocker(?:-compose| compose| image)? (?:build|login|pull|push|run|up)\b"
            r"|\bdocker: error|sending build context to docker|error during connect: (?:get|post)",
        ),
        ("kaniko", r"kaniko[/ ]executor|error checking push permissions"),
        ("java", r"\b(?:javax\.net\.ssl|sun\.security|java\.(?:net|security))\.\w"),
    )
)
"""Below the clients, and asked where none of them is named: a tool's library is not its name."""

NAMES = lazy.regex(
    r"(?<![a-z0-9_./\\-])"
    r"(pip|uv|poetry|pdm|pipenv|pipx|twine|hatch|conda|mamba|easy_install|npm|pnpm|yarn|cargo"
    r"|git|curl|wget)3?"
    r"(?![a-z0-9_./\\-])"
)
"""A client's name alone, as people write it; of plain text in lower case."""

HELP = lazy.regex(
    r"://(?:httpstatuses\.|developer\.mozilla\.|curl\.(?:haxx\.)?se/(?:docs|libcurl)|[^/]{1,200}\.readthedocs\.|pip\.pypa\.io|packaging\.python\.org|docs\."
    r"|(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,8}/(?:[a-z]{2}(?:-[a-z]{2})?/)?docs?/"
    r"|stackoverflow\.com|www\.anaconda\.com|github\.com/[^ ]{1,200}/(?:issues|pull|wiki)\b"
    r"|github\.com/user-attachments/"
    r"|bugs\.|discuss\.|wiki\.|urllib3\.|access\.redhat\.com|bit\.ly|aka\.ms|github\.com/[^/]+/[^/]+$)"
)
"""URLs that are printed for a person to read on at: nothing was fetched from there."""

SUCCESS = lazy.regex(
    r"successfully (?:installed|built|downloaded)|^installed \d+ packages? in|^saved \S+\.whl",
    re.MULTILINE,
)
"""What a client prints when all went well in the end; of plain text in lower case."""

NAMED_VERSION = expression(
    r"\b(?:micro)?(pip|uv|poetry|pdm|pipenv|pipx|twine|hatch|conda|mamba|npm|yarn|git|curl|cargo)"
    r"(?:,| cli)? {0,2}\(?version(?: is)?\*{0,2} ?[:=]?\*{0,2}\s{0,4}v?(\d[\d.]{1,12}\d)\b"
)
"""How most tools tell their version, and people theirs; of plain text in lower case."""

VERSIONS: tuple[tuple[str, Expression], ...] = (
    ("pip", expression(r"\bpip (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?) from ")),
    ("pip", expression(r"\bpip-(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)-py\d\.\d{1,2}\.egg")),
    ("pip", expression(r"\b(?:installation: |using )pip (\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\b")),
    ("pip", expression(r"using pip version (\d[\d.]{1,10})\b")),
    (
        "pip",
        expression(
            r"new(?:er)? (?:release|version) of pip (?:is )?available:? (\d[\d.]{1,10}) ?->"
        ),
    ),
    ("pip", expression(r"^pip {2,20}(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)$")),
    ("uv", expression(r"\buv (\d{1,2}\.\d{1,3}\.\d{1,3})\b")),
    ("conda", expression(r"\bconda/(\d[\d.]{1,12})\b|^conda (\d{1,2}\.\d{1,2}\.\d{1,2})$")),
    ("mamba", expression(r"^(?:micro)?mamba (\d\.\d{1,2}\.\d{1,2})$")),
    ("twine", expression(r"\btwine/(\d[\d.]{1,10})\b")),
    ("pdm", expression(r"\bpdm (\d\.\d{1,3}\.\d)\b")),
    ("yarn", expression(r"\byarn (?:install|add|run) v(\d[\d.]{1,10}\d)")),
    ("curl", expression(r"\bcurl (\d\.\d{1,3}\.\d{1,2}) \(")),
    ("cargo", expression(r"\bcargo (1\.\d{1,3}\.\d)\b")),
    ("npm", expression(r"\bnpm(?:@| +v|/)(\d[\d.]{1,10})\b")),
    ("python", expression(r"\bpython(?: version)?:?[ /-]?v?([23]\.\d{1,2}(?:\.\d{1,2})?)\b")),
    ("python", expression(r"[/\\]python([23]\.\d{1,2})[/\\]")),
    ("urllib3", expression(r"_vendor[/\\](urllib3)[/\\]")),
    ("truststore", expression(r"_vendor[/\\](truststore)[/\\]")),
    ("openssl", expression(r"\b((?:openssl|libressl)[ /]\d[0-9a-z.]{1,8})\b")),
)
"""Versions that a log tells; of plain text in lower case."""
