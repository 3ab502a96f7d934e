"""What an index answers, what a client says of it, and what stops an installation otherwise.

Sources: pip's _internal/index and exceptions.py (1.5 to 26), requests' raise_for_status, uv's and
Poetry's resolvers, conda's and npm's error codes, git's http.c.
"""

from certmend.model.failure import sign as s
from certmend.model.failure.sign import Sign, Stage, sign, statuses


def _answer(reason: str, status: str, *words: str, word: str = "") -> Sign:
    return sign(Stage.HTTP, reason, *statuses(status), *words, word=word)


ANSWER_SIGNS = (
    sign(
        Stage.HTTP,
        s.NO_INDEX,
        r"unexpected content-type",
        r"received some unexpected (?:html|json)",
        r"invalid json response body",
        r"content-type: text/html[^()]{0,40}\); cannot detect archive",
        r"unexpected token '?<'?,? (?:in json|\"<)",
        r"unsupported '?content-type",
        r"json with unexpected mimetype",
        r"skipping page .{0,400}? because the",
        word="content",
    ),
    _answer(
        s.AUTH,
        r"401|403",
        r"401 error, credentials not correct",
        r"lack of valid authentication credentials",
        r"authorization error accessing",
        r"authentication failed for '",
        r"could not read (?:username|password) for",
        r"invalid or non-existent authentication",
        r"noninteractive: credential not found",
        r"code e40[13]",
        r"http basic: access denied",
        r"missing credentials for",
        r"unauthorized: authentication required",
        r"no basic auth credentials",
        r"incorrect username or password",
        r"code eneedauth",
        r"\) login denied",
        r"username/password authentication failed",
        r"access to the resource is denied",
        r"pull access denied for",
        r"401 unauthorized",
        # Dependabot's proxy, and Ruby's clients
        r"\] 401 https?://",
        r": 401 - bad credentials",
        r"(?<!failed:) 403 forbidden",
    ),
    # The place is there, and it is none to upload to, or to ask.
    _answer(
        s.NO_INDEX,
        r"405|410",
        r"https?://\S{1,300}? attempted to redirect to http",
        word="method",
    ),
    _answer(
        s.NO_INDEX,
        r"40[46]",
        r"404 not found",
        r"unavailableinvalidchannel",
        r"remote server could not find the .{1,40}? directory for the requested channel",
        r"fatal: repository '[^']{1,300}' not found",
    ),
    _answer(
        s.SERVER_ERROR,
        r"5\d\d|429",
        r"toomanyrequests:",
        r"503 service unavailable",
        r"502 bad gateway",
        r"too many \d{3} error responses",
    ),
)

UNREADABLE_SIGNS = (
    sign(
        Stage.HTTP,
        s.BAD_ANSWER,
        r"content decoding error",
        r"invalid gzip header",
        r"content-encoding: .{1,40}, but failed to decode",
        r"location parse error",
        r"failed to parse: (?! requirement|\S*\.toml)",
        r"invalid (?:ipv6)? url",
        r"nonnumeric port",
        # In Python 2.7 an empty line stands for a connection that was closed.
        r"""badstatusline\((?!u?['"]{1,4}(?:,?\)|no status line))""",
        r"line too long\(",
        r"invalid http (?:version|status-code|status|header) parsed",
        r"received http/0\.9 when not allowed",
        r"port out of range",
        r"exceeded \d{1,4} redirects",
        r"maximum \(\d{1,4}\) redirects",
        r"number of redirects hit maximum",
    ),
)
"""An answer, or a redirect in it, that the client cannot read."""

PACKAGE_SIGNS = (
    sign(
        Stage.HTTP,
        s.NO_PACKAGE,
        r"no matching distribution found",
        r"could not find a version that satisfies",
        r"could not find any downloads that satisfy",
        r"could not find a version that matches",
        r"unable to find (?:installation)? candidates for",
        r"resolvepackagenotfound",
        r"does not exist \(perhaps a typo",
        r"nothing provides requested",
        r"no candidate is found for",
        r"manifest unknown",
        r"package not found package",
        r"no distributions at all found",
        r"not found in the package registry",
        r"there (?:is|are) no versions? of",
        r"there is no version of",
        r"could not find a matching version of package",
        r"doesn't match any versions",
        r"packagesnotfounderror",
        r"not available from current channels",
        r"code e404",
        r"code etarget",
        r"no matching version found for",
        r"is not in (?:this|the npm) registry",
        r"could not find suitable distribution for",
        r"couldn't find a distribution for",
        r"no local packages or (?:working)? download links found",
        r"couldn't find index page for",
    ),
    sign(
        Stage.HTTP,
        s.UNVERIFIED,
        r"insecurerequestwarning",
        r"unverified https request",
    ),
)

FOREIGN_SIGNS = (
    sign(
        Stage.LOCAL,
        s.HASH_MISMATCH,
        r"do not match the hashes",
        r"hash mismatch",
        r"not found in known hashes",
        r"did not match any known checksums",
        r"checksum mismatch",
        r"eintegrity",
        r"integrity check",
        r"--require-hashes mode",
    ),
    sign(
        Stage.LOCAL,
        s.DISK_FULL,
        r"no space left on device",
        r"errno 28\]",
        r"not enough space on the disk",
        r"enospc",
        r"disk quota exceeded",
    ),
    sign(
        Stage.LOCAL,
        s.READ_ONLY,
        r"read-only file ?system",
        r"errno 30\]",
        r"erofs",
        r"(?:os|io|permission|environment)error: \[errno 1?3?\] (?:permission|operation)",
    ),
    sign(
        Stage.LOCAL,
        s.OTHER_PYTHON,
        r"versions that require a different python",
        r"requires a different python",
        r"not a supported wheel on this platform",
    ),
    sign(
        Stage.LOCAL,
        s.CONFLICT,
        r"resolution ?impossible",
        r"have conflicting dependencies",
        r"dependencies could not be resolved",
        r"your requirements are unsatisfiable",
        r"unsatisfiableerror:",
        r"could not solve for environment specs",
        r"unable to find a resolution that satisfies",
    ),
    sign(Stage.LOCAL, s.MANAGED, r"externally-managed-environment"),
    sign(
        Stage.LOCAL,
        s.NOT_BUILT,
        r"failed building wheel for",
        r"failed to build installable wheels",
        r"could not build wheels for",
        r"fatal error: [\w./-]{1,100}\.h: no such file",
        r"error: command '[^']{1,300}' failed",
        r"metadata-generation-failed",
    ),
)
