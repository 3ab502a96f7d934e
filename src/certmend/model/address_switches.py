"""Switches of verification in the addresses of databases, caches and brokers.

`rediss://cache:6379?ssl_cert_reqs=none` and `DRIVER=...;TrustServerCertificate=yes` say it of one
server, wherever the address is written. Sources: MongoDB's connection strings, redis-py, Celery,
SQLAlchemy's dialects of MySQL, the keywords of Microsoft's ODBC driver, RabbitMQ's URI parameters,
clickhouse-sqlalchemy, the driver of Neo4j (`+ssc`: self-signed certificates).
"""

import re

from certmend.model import lazy

TEXTS = ("trustservercertificate", "verify=verify_none")
"""In lower case; the others are among those of the rule."""
UNKNOWN = "\0"
"""What stands for a part of an address that is not known."""
_SIGN = lazy.regex(
    r"ssl_cert_reqs=|tlsAllowInvalidC|tlsInsecure=|verify_certs?=|TrustServerC|verify=|\+ssc://",
    re.IGNORECASE,
)
_IN_QUERY = lazy.regex(
    r"\A[^\s]*[?&](ssl_cert_reqs=(?:CERT_NONE|none)|tlsAllowInvalidCertificates=true|"
    r"tlsInsecure=true|ssl_verify_cert=(?:false|0)|verify_certs=(?:false|0)|"
    r"verify=verify_none)(?![\w-])",
    re.IGNORECASE,
)
_BY_SCHEME = lazy.regex(r"\A\s*((?:neo4j|bolt)\+ssc)://", re.IGNORECASE)
_OF_CLICKHOUSE = lazy.regex(r"\A\s*clickhouse[\w+]*://", re.IGNORECASE)
_VERIFY = lazy.regex(r"[?&](verify=(?:false|0))(?![\w-])", re.IGNORECASE)
_TRUSTING = lazy.regex(
    r"(?:\A|[;?&])\s*(TrustServerCertificate\s*=\s*(?:yes|true|1))\s*(?=[;&]|\Z)", re.IGNORECASE
)
_PLAIN = lazy.regex(r"[;?&]\s*Encrypt\s*=\s*(?:no|false|optional|0)\b", re.IGNORECASE)
_SERVER = lazy.regex(
    r"(?:\A|[;?&])\s*(?:Server|Data Source|Addr(?:ess)?)\s*=\s*(?:tcp:)?([^;,&\\]*)", re.IGNORECASE
)
_DRIVER = lazy.regex(r"(?:\A|[;?&])\s*driver\s*=", re.IGNORECASE)
_SCHEME = lazy.regex(r"([a-z][a-z0-9+_.-]*)://", re.IGNORECASE)
_HOST = lazy.regex(r"://(?:[^/?#]*@)?([^/?#@]*)")
_OWN = frozenset((".", "(local)", "(localdb)"))
"""What SQL Server's clients call this machine."""


def may_hold(text: str) -> bool:
    """Whether a text names one of the switches."""
    return ("=" in text or "+ssc" in text) and _SIGN.search(text) is not None


def switch_in(text: str, whole: str = "") -> tuple[str, str] | None:
    """The switch in an address or a part of one, and the URL of the server where it is known.

    A part is judged by the whole that it belongs to, as far as that is known. None without a
    switch, and where nothing is encrypted.
    """
    if not may_hold(text):
        return None
    whole = whole or text
    if found := _TRUSTING.search(text):
        return None if _PLAIN.search(whole) else (found[1], _of_server(whole))
    found = _IN_QUERY.search(text) or _BY_SCHEME.match(text)
    if found is None and _OF_CLICKHOUSE.match(whole):
        found = _VERIFY.search(text)
    return (found[1], _known(whole)) if found else None


def is_address(text: str) -> bool:
    """Whether a text is the address of a server that is asked over TLS."""
    scheme = _SCHEME.match(text)
    return scheme[1].lower() != "redis" if scheme else _DRIVER.search(text) is not None


def _of_server(whole: str) -> str:
    """The server of a connection string, as a URL."""
    if _SCHEME.match(whole):
        return _known(whole)
    server = _SERVER.search(whole)
    name = server[1].strip() if server else UNKNOWN
    return _known(f"mssql://{'localhost' if name.lower() in _OWN else name}")


def _known(url: str) -> str:
    """An address whose host is written down; else nothing."""
    host = _HOST.search(url)
    return url if host and host[1] and UNKNOWN not in host[1] else ""
