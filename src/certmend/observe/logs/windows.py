"""The places of a log that are worth reading, found at the speed of a literal search.

A log may hold gigabytes, and failures stand at few places of it. An automaton finds the literals
that every message known to certmend contains; around each hit a window is cut, and only windows
are read closely. Memory is that of two chunks, also for a log without line ends.
"""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from certmend.observe.logs.decoding import chunks

_AROUND = 2048
"""Bytes before and after a hit: the command above it, the sum below."""
_LARGEST = 1 << 16
_GROUP = 60
_ENOUGH = 200
"""Windows read for one literal: a log that goes on in the same way is only counted."""

ANCHORS: tuple[bytes, ...] = (
    # TLS libraries and verifiers
    b"ertificate verif",
    b"CERTIFICATE_V",
    b"ertificate signature",
    b"ertificate has exp",
    b"ertificate is not",
    b"ertificate of ",
    b"ertificate for ",
    b"'s certificate",
    b"ertificate problem",
    b"ertificate chain",
    b"ertificate in cert",
    b"signed cert",
    b"issuer cert",
    b"certificate revoked",
    b"unhandled critical",
    b"certificate purpose",
    b"length constraint",
    b"subtree violation",
    b"_ssl.c",
    b"[SSL",
    b"[X509",
    b"[ASN1",
    b"SSL routines",
    b"_ALERT_",
    b"SSLError",
    b"SSL_ERROR",
    b"peer certificate",
    b"UnknownIssuer",
    b"fatal alert",
    b"corrupt message",
    b"handshake",
    b"Hostname mismatch",
    b"doesn't match",
    b"does not match",
    b"o alternative cert",
    b"altnames",
    b"SELF_SIGNED_CERT",
    b"UNABLE_TO_",
    b"CERT_",
    b"x509: ",
    b"PKIX",
    b"SEC_E_",
    b"0x8009",
    b"0x800B",
    b"0x800b",
    b"errSSL",
    b"OSStatus",
    b"CSSMERR",
    b"SEC_ERROR",
    b"TLS/SSL",
    b"SSL module",
    b"ssl module",
    b"No module named '_ssl",
    b"No module named _ssl",
    b"importing _ssl",
    b"url type: https",
    b"check_hostname requires",
    b"not a trusted or secure",
    b"KEY_TOO_SMALL",
    b"MD_TOO_WEAK",
    b"WRONG_VERSION_NUMBER",
    b"key too small",
    b"UNSUPPORTED_PROTOCOL",
    b"CA cert",
    b"Key Identifier",
    b"InsecureRequest",
    # Clients
    b"Could not fetch URL",
    b"Retrying (Retry",
    b"ConnectionPool(",
    b"Max retries exceeded",
    b"Failed to fetch",
    b"failed to fetch",
    b"Request failed after",
    b"error sending request",
    b"Download error",
    b"unable to access '",
    b"curl: (",
    b"attempts to connect to",
    b"confirming the ssl",
    b"Cannot connect to",
    b"CondaHTTPError",
    b"CondaSSLError",
    b"HTTP 000",
    b"ConnectError",
    b"npm ERR! code",
    b"npm error code",
    b"request to http",
    b"urlopen error",
    # Network
    b"ame resolution",
    b"ame or service not known",
    b"getaddrinfo",
    b"nodename nor servname",
    b"o address associated",
    b"resolve host",
    b"ailed to resolve",
    b"lookup address",
    b"o such host",
    b"does not resolve",
    b"ENOTFOUND",
    b"EAI_AGAIN",
    b"onnection refused",
    b"ECONNREFUSED",
    b"ctively refused",
    b"o route to host",
    b"etwork is unreachable",
    b"ailed to connect to",
    b"imed out",
    b"imeout",
    b"ETIMEDOUT",
    b"onnection reset",
    b"onnection was reset",
    b"ECONNRESET",
    b"onnection aborted",
    b"RemoteDisconnected",
    b"socket hang up",
    b"unexpected eof",
    b"UNEXPECTED_EOF",
    b"EOF occurred",
    b"IncompleteRead",
    b"unnel connection",
    b"unsuccessful tunnel",
    b"tunnel error",
    b"tunneling socket",
    b"ProxyError",
    b"roxy Auth",
    b"from proxy",
    b"roxy URL",
    b"proxy scheme",
    b"SOCKS",
    # Answers and packages
    b" Client Error",
    b" Server Error",
    b"HTTP error ",
    b"HTTPError",
    b"HTTP status ",
    b"returned error: ",
    b"Unauthorized",
    b"Authorization error",
    b"encoding routines",
    b"Forbidden",
    b"404 Not Found",
    b"UnavailableInvalid",
    b"because the GET request",
    b"because the HEAD request",
    b"credentials not correct",
    b"uthentication failed for",
    b"o matching distribution",
    b"Could not find a version",
    b"any downloads that satisfy",
    b"distributions at all found",
    b"package registry",
    b"no versions of",
    b"matching version of package",
    b"match any versions",
    b"PackagesNotFound",
    b"available from current channels",
    b"suitable distribution for",
    b"No local packages",
    # What is no cause of certmend's
    b"match the hashes",
    b"ash mismatch",
    b"EINTEGRITY",
    b"hashes mode",
    b"o space left",
    b"ENOSPC",
    b"ead-only file",
    b"ermission denied",
    b"a different python",
    b"supported wheel",
    b"pem lib",
    b"PEM lib",
    b"NO_CERTIFICATE_OR_CRL",
    b"[Errno ",
    b"[WinError",
    b"OpenSSL appears",
    b"SSL support",
    b"SSL/TLS",
    b"HTTPSHandler",
    b"SSL is required",
    b"adding trust anchors",
    b"SSL_CERT_FILE",
    b"SSL_CERT_DIR",
    b"VALUES_MISMATCH",
    b"values mismatch",
    b"BAD_DECRYPT",
    b"bad decrypt",
    b"BAD_BASE64",
    b"bad base64",
    b"NO_START_LINE",
    b"no start line",
    b"error:00000000",
    b"nested asn1",
    b"ONNECT tunnel",
    b"E407",
    b"407) for",
    b"proxy syntax",
    b"subjectAltName",
    b"ubject alternative",
    b"address mismatch",
    b"principal name",
    b"rust relationship",
    b"is not trusted",
    b"CRYPT_E_",
    b"TRUST_E_",
    b"trusted root",
    b"rust evaluate",
    b"known issuer",
    b"insecure algorithm",
    b"UNRECOGNIZED_NAME",
    b"UNSAFE_LEGACY",
    b"NO_SHARED",
    b"NO_PROTOCOLS",
    b"HTTP_REQUEST",
    b"RECORD_LAYER",
    b"record layer",
    b"peer is incompatible",
    b"close_notify",
    b"close notify",
    b"TLS packet",
    b"HTTP response to HTTPS",
    b"plaintext connection",
    b"non-properly",
    b"transport stream",
    b"GnuTLS recv",
    b"pull function",
    b"push function",
    b"resolve proxy",
    b"proxyconnect",
    b"dns error",
    b"gaierror",
    b"ost is down",
    b"HOSTUNREACH",
    b"NETUNREACH",
    b"etwork unreachable",
    b"connect to server",
    b"too slow",
    b"deadline exceeded",
    b"failed to respond",
    b"emote end closed",
    b"BadStatusLine",
    b"erver disconnected",
    b"ServerDisconnected",
    b"bad record mac",
    b"BAD_RECORD",
    b"before message completed",
    b"transfer closed",
    b"RPC failed",
    b"mpty reply",
    b"orcibly closed",
    b"roken pipe",
    b"without response",
    b"valid authentication",
    b"existent authentication",
    b"client error (",
    b"status code",
    b"response code",
    b"ould not read Username",
    b"ould not read Password",
    b"ould not read username",
    b"ould not read password",
    b"E401",
    b"E403",
    b"E404",
    b"nexpected content-type",
    b"nsupported content-type",
    b"Content-Type",
    b"502 Bad",
    b"503 Service",
    b"no version of",
    b"in this registry",
    b"in the npm registry",
    b"Unverified HTTPS",
    b"hecksum mismatch",
    b"ntegrity check",
    b"nough space",
    b"quota exceeded",
    b"EROFS",
    b"MATCH THE HASHES",
    b"TLS certificate file",
    b"TLS key file",
    b"appears to only use",
    b"Skipping page",
    b"no ciphers",
    b"shared cipher",
    b"encryption algorithm",
    b"bundle, invalid path",
    b"load_verify_locations",
    b"valid certificates",
    b"ertificate file ",
    b"ertificate path",
    b"Failed to build HTTP",
)
"""Parts of the words of every sign, as they are printed; the letter that may be large is left out."""


class Window(msgspec.Struct, frozen=True):
    """A piece of a log, and the number of its first line."""

    content: bytes
    first_line: int


class Windows:
    """The windows of one log; `size` and `skipped` are known at the end."""

    def __init__(self) -> None:
        from ahocorasick_rs import BytesAhoCorasick, MatchKind

        # The aho-corasick crate has a vector search (Teddy) for leftmost matches of up to 64
        # literals. Several passes with it are faster than one automaton for all.
        self._searches = [
            (first, BytesAhoCorasick(ANCHORS[first : first + _GROUP], MatchKind.LeftmostFirst))
            for first in range(0, len(ANCHORS), _GROUP)
        ]
        self._read: Counter[int] = Counter()
        self.size = 0
        self.skipped = 0

    def of(self, stream: BinaryIO) -> Iterator[Window]:
        """Each window of the stream, in order; none overlap."""
        held, line, done = b"", 1, 0  # what is kept, the number of its first line, read so far
        for chunk in chunks(stream):
            self.size += len(chunk)
            block = held + chunk
            ready = len(block) - _AROUND
            done = yield from self._cut(block, line, done, max(ready, 0))
            keep = max(0, ready - _AROUND, done - _AROUND)
            line += block.count(b"\n", 0, keep)
            held, done = block[keep:], max(0, done - keep)
        yield from self._cut(held, line, done, len(held))

    def _cut(self, block: bytes, line: int, done: int, ready: int) -> Iterator[Window]:
        """The windows around hits between `done` and `ready`; returns up to where it has read."""
        counted = 0
        for start, end in self._spans(block, done, ready):
            line += block.count(b"\n", counted, start)
            counted = start
            at = start
            while at < end:
                stop = _line_end(block, at, min(end, at + _LARGEST)) if end - at > _LARGEST else end
                yield Window(block[at:stop], line + block.count(b"\n", start, at))
                at = stop + 1 if block[stop : stop + 1] == b"\n" else stop
            done = end
        return done

    def _spans(self, block: bytes, done: int, ready: int) -> Iterator[tuple[int, int]]:
        start = end = -1
        for begin, number in self._hits(block):
            if begin < done or begin >= ready or begin < end - _AROUND // 2:
                continue
            if self._read[number] >= _ENOUGH:
                self.skipped += 1
                continue
            self._read[number] += 1
            first = _line_start(block, max(done, begin - _AROUND), begin)
            last = _line_end(block, begin, min(len(block), begin + _AROUND))
            if start >= 0 and first <= end:
                end = max(end, last)
                continue
            if start >= 0:
                yield start, end
            start, end = first, last
        if start >= 0:
            yield start, end

    def _hits(self, block: bytes) -> list[tuple[int, int]]:
        """Where anchors stand, in order, and their numbers."""
        found: list[tuple[int, int]] = []
        for first, search in self._searches:
            found += [
                (begin, first + number)
                for number, begin, _ in search.find_matches_as_indexes(block)
            ]
        found.sort()
        return found


def _line_start(block: bytes, low: int, hit: int) -> int:
    """The start of the first whole line from `low` on, or `low` where there is none."""
    found = block.find(b"\n", low, hit)
    return found + 1 if found >= 0 and low > 0 else low


def _line_end(block: bytes, hit: int, high: int) -> int:
    """The end of the last whole line before `high`, or `high` where there is none."""
    found = block.rfind(b"\n", hit, high)
    return found if found >= 0 and high < len(block) else high
