"""The names by which code that makes requests is told from other code.

`verify=False` means something else in a JWT library, a cache or a data frame: what counts is the
module, the function, the session or the argument that it belongs to. Sources: the API
documentation of requests, httpx, aiohttp, urllib3, ssl and of what is built on them.
"""

import re
from functools import lru_cache

from certmend.model import lazy, switch_names

HTTP_MODULES = frozenset(
    (
        "requests",
        "httpx",
        "requests_toolbelt",
        "requests_oauthlib",
        "httpcore",
        "boto3",
        "botocore",
        "cloudscraper",
        "requests_html",
        "curl_cffi",
        "niquests",
        "requests_futures",
        "hvac",
        "httpx2",
        "requests_ntlm",
        "requests_kerberos",
        "grequests",
        "pip",
        "aiobotocore",
        "authlib",
        "jira",
        "locust",
        "github",
        "splunklib",
        "keystoneauth1",
        "consul",
        "msal",
        "primp",
        "keycloak",
        "artifactory",
        "openstack",
        "trino",
        "pysolr",
        "scrapelib",
    )
)
VERB = lazy.regex(
    r"get|post|put|patch|delete|head|options|request|send|fetch|download|session|client|api|http|"
    r"call|query|login|connect|resource|open|upload|stream|service|consul|vault|cert_verify",
    re.IGNORECASE,
)
OTHER = lazy.regex(
    r"jwt|jose|jws|token|decode|assert|signature|pickle|password|hash", re.IGNORECASE
)
SESSION = lazy.regex(r"sess|client|requests?|http|^s$|^c$|^r$|conn|_s$|api", re.IGNORECASE)
DOUBLE = lazy.regex(
    r"(?:^|[._])(?:mock(?:s|ed|ing)?|fakes?|stubs?|(?:magic|async)mock)(?:[._]|$)", re.IGNORECASE
)
"""What stands in for a client in a test: nothing goes out through it."""
CLIENT = lazy.regex(
    r"^(?:[A-Z]\w*)?(?:Connection|Connector|Client|Session|Api|API|Http|HTTP|Scraper|Crawler|"
    r"Fetcher|Downloader|Opener|Hook)$|^TLSConfig$|^DDGS$"
)
OWNER = lazy.regex(
    r"(?:^|_)(?:sess(?:ion)?|client|https?|conn(?:ection)?|api|requests?|rest)$", re.IGNORECASE
)
"""Clients of somebody's own, and what they are kept in: their module is not imported here."""
KEPT = lazy.regex(r"\.(?:\w*_|http)?session$", re.IGNORECASE)
"""A session that a client of another library keeps (`zapi.session`)."""
FACTORY = lazy.regex(r"(?:^|[._])session(?:$|_)|Session$")
"""Functions of other modules that make a session: `with retrying_session() as session`."""
PROXIES = frozenset(("ProxyManager", "SOCKSProxyManager", "proxy_from_url"))
"""What urllib3 makes for a proxy: the address is the proxy's."""
METHOD = lazy.regex(r"(?:^|_)(?:get|post|put|patch|delete|head|options|request)$")
"""A function that makes a request, by its name: `http_get`, `make_request`."""
TOKENS = frozenset(("fetch_token", "refresh_token", "fetch_access_token"))
"""Methods of OAuth's sessions: they ask a server."""
METHODS = frozenset(("get", "post", "put", "patch", "delete", "head", "options"))
ADDRESS = lazy.regex(r"ur[il]|endpoint|https?:|/", re.IGNORECASE)
REDIS = lazy.regex(r"redis|celery", re.IGNORECASE)
TAKES_OPTIONS = lazy.regex(r"(?:http|request|session|client)s?_options$", re.IGNORECASE)
"""Methods that are given the arguments of requests as a mapping: `add_http_options({...})`."""
ADDRESSES = lazy.regex(r"(?:^|_)(?:ur[il]|endpoint|hosts?|hostname|server|address)$", re.IGNORECASE)
OPTIONS = lazy.regex(r"(?:kwargs|_(?:args|params|opts)|options)$")
"""What is given the arguments of another client as a mapping: `client_kwargs={...}`."""
PAYLOAD = lazy.regex(
    r"^(?:json|data|params|body|payload|examples?|value|extra|tags|content|message|variables)$"
)
"""What is given something that is only sent or shown."""
KEYWORD_NAMES = lazy.regex(r"kwargs|(?:client|session|request|http)\w*_(?:args|opt\w+)")
ARGUMENTS = lazy.regex(r"kw|arg|param|opt", re.IGNORECASE)
OF_REQUESTS = lazy.regex(
    r"(?:request|http|session|client)\w*(?:kw|arg|param|opt)\w*$", re.IGNORECASE
)
"""Mappings that say that they hold the arguments of requests: `api.common_request_params`."""
CONFIGURATION = lazy.regex(r"conf|client|sess|api|http|conn", re.IGNORECASE)
"""Owners of a `verify_ssl`: the configuration of generated API clients."""
_ATTRIBUTES = {
    "_create_default_https_context": "ssl._create_default_https_context",
    "verify_mode": "verify_mode = CERT_NONE",
    "check_hostname": "check_hostname = False",
    "cert_reqs": "{owner}.cert_reqs = CERT_NONE",
    "verify": "{owner}.verify = False",
    "assert_hostname": "{owner}.assert_hostname = False",
    "disable_ssl_certificate_validation": "{owner}.disable_ssl_certificate_validation = True",
    "match_hostname": "ssl.match_hostname",
    "create_default_context": "ssl.create_default_context",
    "HTTP_ADAPTER_CLS": "{owner}.HTTP_ADAPTER_CLS = NoVerifyHTTPAdapter",
}
"""Attributes that switch verification off, and how that is shown."""
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0"))  # noqa: S104  named, not bound
NOBODYS = lazy.regex(
    r"\w+://(?:[^/@]*@)?[^/:?#]*\.(?:test|example|invalid|example\.(?:com|net|org))(?=[/:?#]|$)",
    re.IGNORECASE,
)
"""Addresses that nobody can have: nothing answers there. RFC 2606, sections 2 and 3; the domains
of section 3 themselves do answer."""
PLACEHOLDER = lazy.regex(r"\w+://(?:[^/@]*@)?example\.(?:com|net|org)(?=[/:?#]|$)", re.IGNORECASE)
STARTED = lazy.regex(
    r"(?:^|\.)(?:live_server(?:_url)?|https?server|httpbin(?:_secure|_both)?)(?:\.|$)|"
    r"(?:^|_)(?:server|client|cli)\.make_url$"
)
"""Servers that a test's tools start on this machine: those of Django, pytest-django,
pytest-httpserver, pytest-localserver, pytest-httpbin and aiohttp."""
CONNECTION = lazy.regex(
    r"HTTPSConnection(?:Pool)?|IMAP4_SSL|SMTP_SSL|POP3_SSL|FTP_TLS|open_connection"
)
"""What takes a host as its first argument."""
TLS = lazy.regex(r"(?:use_|is_|enable_)?(?:ssl|tls|https|secure)(?:_enabled)?", re.IGNORECASE)
"""What tells a client whether to speak TLS."""
HOSTS = frozenset(("hosts", "host", "hostname"))
_ENVIRONMENT = lazy.regex(r"(?:os\.)?(?:getenv|environ\.get)")
_DECLARED = lazy.regex(
    r"(?:typer\.)?(?:Option|Argument)|(?:\w+\.)?(?:Field|field)|(?:decouple\.)?config"
)
_KEYWORDS = frozenset(
    (
        "verify",
        "verify_certs",
        "ssl",
        "cert_reqs",
        "ssl_cert_reqs",
        "verify_mode",
        "check_hostname",
        "disable_ssl_certificate_validation",
        "disableSslCertValidation",
        "tlsAllowInvalidCertificates",
        "tlsInsecure",
        "connection_verify",
        "ssl_check_hostname",
        "assert_hostname",
        "ssl_assert_hostname",
        "validate_cert",
        "validate_certs",
        "validate",
        "server_cert_validation",
        "disable_ssl",
        "VERIFY_WEBUI_CERTIFICATE",
    )
)
_PLAIN = lazy.regex(r"otlp|export|grpc|channel|span|metric|registry|oauth", re.IGNORECASE)
NAMED = lazy.regex(
    r"ssl|context|Connection|Pool|Adapter|TLSConfig|https?|kwargs_from_env", re.IGNORECASE
)
"""What takes a `check_hostname` or an `assert_hostname`; the last is docker-py's."""
HELD = frozenset(("SimpleNamespace", "Namespace"))
"""What only holds what it is given."""
SETTINGS = lazy.regex(r"(?:Config|Settings|Options|Profile|Params)$")
"""Classes of a project that hold what its clients are made with."""
SWITCHES_ON: dict[str, frozenset[str]] = {
    "disable_ssl_certificate_validation": frozenset(),
    "disableSslCertValidation": frozenset(),
    "tlsAllowInvalidCertificates": frozenset(),
    "tlsInsecure": frozenset(),
    "disable_ssl": frozenset(("PrometheusConnect",)),
}
"""Arguments that switch it off when they are true, and what alone takes them so."""
UNVERIFIED = frozenset(("_create_unverified_context", "_create_stdlib_context"))
"""Functions of ssl whose contexts verify nothing; the second is the first under another name."""
CURL_OPTIONS = frozenset(("SSL_VERIFYPEER", "SSL_VERIFYHOST"))
"""Options of pycurl, which are zero for off."""
FETCHERS = {
    "validate_cert": frozenset(("fetch", "HTTPRequest")),
    "validate_certs": frozenset(("open_url", "fetch_url", "Request", "open")),
}
"""The functions of Tornado and of Ansible's modules that have such an argument."""
WITHOUT = frozenset(("SmartConnectNoSSL", "TrustAll"))
"""Functions that connect without verification, whatever they are given (pyVmomi), or say that
a client is to (Neo4j's `trusted_certificates=TrustAll()`)."""
TOLD_TRUE = frozenset(("tls_insecure_set", "set_disable_ssl_verification"))
"""Methods that switch it off when they are told `True` (paho's, IBM's SDK)."""
READ_BY_NAME = frozenset(
    ("OIDC_VERIFY_SSL", "CAS_VERIFY_SSL_CERTIFICATE", "AWS_S3_VERIFY", "SOCIAL_AUTH_VERIFY_SSL")
)
"""Settings of Django that libraries read by their names (mozilla-django-oidc, django-cas-ng,
django-storages, social-auth)."""
SESSIONS_OF_HOME = frozenset(("async_get_clientsession", "async_create_clientsession"))
"""Functions of Home Assistant whose second argument is `verify_ssl`."""
LDAP_OPTION = "OPT_X_TLS_REQUIRE_CERT"
LDAP_OFF = frozenset(("OPT_X_TLS_NEVER", "OPT_X_TLS_ALLOW"))
"""An option of python-ldap, and those of its values with which a bad certificate is accepted
(ldap.conf(5), TLS_REQCERT)."""
ENTRIES: dict[object, frozenset[object]] = {
    "nocheckcertificate": frozenset((True,)),
    "enable.ssl.certificate.verification": frozenset((False, "false", "False")),
    "allow_invalid_certificates": frozenset((True, "true", "True")),
}
"""Entries of mappings that switch it off, with their values (yt-dlp, librdkafka, object_store)."""
MADE = lazy.regex(r"(?:Session|Client|Adapter|Scraper)$")
"""Classes of the HTTP libraries that others are derived from."""
SERVER = lazy.regex(r"CLIENT_AUTH|PROTOCOL_TLS_SERVER|server_side=True|[(,] ?'server'")
SERVES = lazy.regex(r"start_server|create_server|run_app|serve|TCPSite|WSGIServer|app\.run|listen")
SERVER_PROGRAMS = frozenset(("uvicorn", "hypercorn", "gunicorn", "granian"))
"""What asks clients for a certificate: its `ssl_cert_reqs` is the server's."""
ASK_CLIENTS = frozenset(("SSLAuthenticator", "BuiltinSSLAdapter", "pyOpenSSLAdapter"))
"""What makes a server's context: of RPyC, and of cheroot (CherryPy)."""
LOWERED = lazy.regex(r"\A[^\n]{0,200}@SECLEVEL\s*=\s*[01]\b")
TOLD_BY_SSL = frozenset(("PyMISP", "ExpandedPyMISP"))
"""Clients whose `ssl=False` is not "without TLS" but "without verification"."""
AIO = frozenset(("aiohttp", "aiohttp_socks", "websockets"))

SAMPLE = lazy.regex(r"(?:^|/)(?:samples?|examples?|demos?|tutorials?)/", re.IGNORECASE)
"""Files that a reader runs against what he has started himself."""
LIBRARY = lazy.regex(
    r"(?:^|/)(?:requests/(?:adapters|sessions)|httpx/_(?:config|client)|aiohttp/(?:connector|client)|"
    r"urllib3/(?:connection(?:pool)?|poolmanager|util/ssl\w*|contrib/\w+)|"
    r"http(?:core|lib2)/[\w/]*|websocket/_\w+|botocore/httpsession)\.py$"
)
"""Files of the libraries themselves, copied into a project: there a switch is made, not used."""


def is_of_environment(function: str) -> bool:
    """Whether a function reads a variable of the environment."""
    return _ENVIRONMENT.fullmatch(function) is not None


def default_of(function: str) -> int:
    """Which argument of a function is what stands where nothing is set; -1 where none is."""
    if is_of_environment(function):
        return 1
    return 0 if _DECLARED.fullmatch(function) else -1


@lru_cache(maxsize=4096)
def is_switch(keyword: str | None) -> bool:
    """Whether an argument of this name tells a client whether to verify."""
    if keyword is None:
        return False
    own = switch_names.checks(keyword) or switch_names.skips(keyword)
    return keyword in _KEYWORDS or own


def shown_attribute(name: str, owner: str) -> str:
    """How an attribute that switches verification off is shown; nothing for any other one."""
    if name in _ATTRIBUTES:
        return _ATTRIBUTES[name].format(owner=owner)
    return f"{owner}.{name} = False" if switch_names.checks(name) else ""


def verifies(name: str) -> bool:
    """Whether `insecure=True` tells a class not to verify: that of gRPC sends without TLS."""
    made = name.rpartition(".")[2]
    is_class = made[:1].isupper() or made.endswith("client") or name == "openstack.connect"
    return is_class and not _PLAIN.search(made)
