"""The network below TLS: names, routes, proxies, ends and timeouts.

Sources: glibc's, musl's, macOS' and Windows' words for errno and getaddrinfo; urllib3's exceptions
(1.x and 2.x), curl's lib/strerror.c, hyper's and reqwest's errors, libuv's names, Go's net package.
"""

from certmend.model.failure import sign as s
from certmend.model.failure.sign import Stage, sign, verify

TUNNEL_SIGNS = (
    sign(
        Stage.PROXY,
        s.TUNNEL,
        r"tunnel connection failed",
        r"proxy auth(?:entication|orization) required",
        r"http code \d{3} from proxy after connect",
        r"connect tunnel failed",
        r"\d{3} from proxy",
        r"407 client error",
        r"returned error: 407",
        r"407\) for url",
        r"tunneling socket could not be established",
        r"unsuccessful tunnel",
        r"tunnel error",
        r"code e407",
    ),
    sign(
        Stage.PROXY,
        s.PROXY_URL,
        r"missing dependencies for socks",
        r"(?:not supported|unknown|unsupported) proxy (?:scheme|syntax)",
        r"proxy scheme (?:unknown|unsupported)",
        r"unable to determine socks version",
        r"proxy url .{0,40}? (?:malformed|invalid|had no scheme)",
        r"invalidproxyurl",
        r"unknown scheme for proxy url",
        r"please check proxy url",
    ),
)

NETWORK_SIGNS = (
    sign(
        Stage.PROXY,
        s.PROXY_UNREACHABLE,
        r"could(?:n't|not) resolve proxy",
        r"err_socks",
        r"proxyconnect tcp",
        r"curl:\(5\)",
    ),
    sign(
        Stage.DNS,
        s.NOT_RESOLVED,
        r"name or service not known",
        r"getaddrinfo (?:failed|enotfound|eai_again|eai_fail|error)",
        r"nodename nor servname",
        r"no address associated",
        r"failure in name resolution",
        r"name resolution (?:error|failed|failure)",
        r"failed to resolve '",
        r"could(?:n't|not) resolve host",
        r"unable to resolve host",
        r"failed to lookup address",
        r"no such host",
        r"name does not resolve",
        r"dns error:",
        r"gaierror",
        r"code (?:enotfound|eai_again)",
        r"curl:\(6\)",
    ),
    sign(
        Stage.TCP,
        s.REFUSED,
        r"errno (?:111|61|10061)\]",
        r"winerror 10061",
        r"econnrefused",
        r"connection refused \(os error",
        r"actively refused",
        r"port \d{1,5} .{0,60}? connection refused",
        r"failed: connection refused\.",
        r"connect: connection refused",
        r"errsslconnectionrefused",
    ),
    sign(
        Stage.TCP,
        s.NO_ROUTE,
        r"no route to host",
        r"network (?:is)? unreachable",
        r"host is down",
        r"e(?:host|net)unreach",
        r"winerror 100(?:51|65)",
        r"could(?:n't|not) connect to server",
        r"curl:\(7\)",
    ),
    sign(
        Stage.TLS,
        s.TIMEOUT,
        r"handshake (?:operation)? timed out",
        r"tls handshake timeout",
        r"handshake timeout",
    ),
    sign(
        Stage.HTTP,
        s.TIMEOUT,
        r"read (?:operation)? timed out",
        r"read timeout=",
        r"httpx\.readtimeout",
        r"operation too slow",
        r"esockettimedout",
    ),
    sign(
        Stage.TCP,
        s.TIMEOUT,
        r"connect timeout=",
        r"connect timeout error\(<",
        r"connect timeout:",
        r"connection timed? out",
        r"connection timeout",
        r"operation timed out",
        r"errno (?:110|60|10060)\]",
        r"winerror 10060",
        r"failed to respond",
        r"etimedout",
        r"i/o timeout",
        r"curl:\(28\)",
        r"context deadline exceeded",
        r"failed to connect to .{1,100}? timed out",
        r"urlopen error timed out",
        r"request timed out",
    ),
    sign(
        Stage.TLS,
        s.CLOSED,
        r"unexpected_eof",
        r"eof occurred in violation",
        r"closed connection without response",
        r"remote end closed",
        r"remotedisconnected",
        r"badstatusline",
        r"ssl_error_syscall",
        r"socket hang up",
        r"server disconnected",
        r"incomplete read\(",
        r"bad record mac",
        r"ssl_error_zero_return",
        r"has been closed \(eof\)",
        r"connection closed before message completed",
        r"transfer closed with",
        r"curl:\((?:18|52|92)\)",
        r"rpc failed",
        r"empty reply from server",
    ),
    sign(
        Stage.TLS,
        s.RESET,
        r"connection (?:was)? reset (?!timeout)",
        r"errno (?:104|54|10054)\]",
        r"winerror 10054",
        r"econnreset",
        r"forcibly closed",
        r"broken pipe",
        r"connection aborted",
        r"winerror 10053",
        r"curl:\(56\)",
    ),
)

PROXY_SIGNS = (
    sign(
        Stage.PROXY,
        s.PROXY_UNREACHABLE,
        r"(?:cannot|unable to) connect to proxy",
        r"proxyerror\('",
        r"proxyerror:",
        r"clientproxyconnectionerror",
    ),
)
"""A proxy is in the way; what became of it is said by another sign beside this one."""

LOOSE_SIGNS = (
    sign(Stage.TCP, s.NO_ROUTE, r"http 000 connection failed", loose=True),
    sign(Stage.TCP, s.HIDDEN, r"all attempts to connect to", loose=True),
    verify(None, r"problem confirming the ssl certificate", loose=True),
    sign(Stage.TCP, s.REFUSED, r"connection refused", loose=True),
    sign(Stage.TCP, s.TIMEOUT, r"connect timeout error", loose=True),
)
"""Words too common to say much: in a log they count where nothing else was found."""

VAGUE_SIGNS = (
    sign(Stage.TLS, s.RESET, r"connection reset"),
    sign(Stage.DNS, s.NOT_RESOLVED, r"name resolution", r"failed to resolve"),
    sign(Stage.TCP, s.TIMEOUT, r"timed out", r"timeout"),
)
"""Words that mean a failure only in a text that is known to be an error."""
