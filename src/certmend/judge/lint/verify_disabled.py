"""Certificate verification is switched off.

## What
A switch of a client or library: `verify=False` of requests and httpx, `ssl=False` of aiohttp,
CERT_NONE in a client's context, what other clients call it (`verify_ssl=False`, `insecure=True`,
`tlsAllowInvalidCertificates`), a bare `ssl.SSLContext()` that a client asks with, python-ldap's
OPT_X_TLS_NEVER, `tls_insecure_set(True)` of MQTT; a constant such as `VERIFY_SSL = False` that
another module verifies with, told where it is defined; `http.sslVerify false`, `strict-ssl false`,
conda's `ssl_verify`, `verify_ssl = false` in a Pipfile, uv's allow-insecure-host, `insecure` in a
.curlrc, an empty CURL_CA_BUNDLE, MLFLOW_TRACKING_INSECURE_TLS and the like, a variable that a
program sets whose name says it (`PORTAL_VERIFY_SSL`), and `curl -k` or `wget
--no-check-certificate` where they fetch what Python is to run or install; .NET's check of
certificates replaced in a PowerShell script that does the same.

## Why
Whoever is on the network can answer in the server's place, read what is sent, and choose what is
installed. Nothing is printed when it happens.

## Bad
```python
import requests

requests.get("https://pypi.corp.example/simple/", verify=False)
```

## Good
```python
import requests

requests.get("https://pypi.corp.example/simple/", verify="/etc/ssl/certs/ca-certificates.crt")
```

## When to ignore
A test of what happens without verification on a host elsewhere. A test case is reported where the
address is written down, or is told from outside by the environment or settings: else it asks what
its suite put up. Loopback hosts are never reported, nor a double, nor a host that nobody can have
(RFC 2606), nor what a condition keeps to loopback, nor a program that only looks at certificates:
one that reads them as bytes and makes no requests.
"""

from collections.abc import Iterator

from certmend.judge.linting import switches
from certmend.judge.linting.hosts import host_of, is_loopback
from certmend.judge.linting.reading import Reading
from certmend.judge.linting.rule import Hit, rule
from certmend.judge.linting.trusted import trusted
from certmend.model import address_switches, switch_names
from certmend.model.document import Span
from certmend.model.lint import Edit, Fix

_WHY = "Anyone on the way can answer in the server's place; nothing is said when it happens."
_ADVICE = "Trust the CA that signed the server's certificate, and leave verification on."


_CLUSTERS = (
    *(f"{letter}k{end}" for letter in "fgijlnoprsv#" for end in (" ", "\\")),
    *(f" -{letters}k" for letters in ("l", "s", "f", "o", "j", "ss", "ssl", "fs", "fss", "fssl")),
)
"""curl's `-k` behind other letters: at the end, or before more of them."""


@rule(
    code="verification-disabled",
    strict=True,
    literals=(
        *switch_names.TEXTS, *address_switches.TEXTS,
        "verify=false", "verify = false", "verify: bool = false", ".verify=",
        "verify=0", "ssl=false", "ssl = false", "insecure = true", "insecure: bool = true",
        "ssl-verify", "verify-ssl", "ssl_no_verify", "strict-ssl", "strict_ssl", "strictssl",
        "sslverify", "cert_none", "check_hostname", "assert_hostname", "_create_unverified",
        "_create_stdlib", "create_default_https_context", "insecure-host", "insecure_host",
        "node_tls_reject", "pythonhttpsverify", "poetry_certificates", "disable_ssl",
        "noverifyhttp", "nocheckcertificate", "connectnossl", "sslcertvalidation",
        "sslcontext(", "match_hostname", "tls_insecure_set", "opt_x_tls_never", "opt_x_tls_allow",
        "enable.ssl.certificate", "pymisp(", "_clientsession", "aws_s3_verify", "tlsallowinvalid",
        "tlsinsecure", "connection_verify",
        "cert_reqs=0", "cert_reqs = 0", '"cert_reqs": 0', "'cert_reqs': 0",
        "verify_webui_certificate", "set_verify(false", "neo4j+ssc:", "bolt+ssc:", "trustall(",
        "merge_environment_settings", "set_verify(ssl.verify_none",
        "ssl_verifypeer", "ssl_verifyhost", "ssl_cert_reqs",
        "insecure\n", "insecure\r", "\n-k\n",
    ),
    together=(
        (('"verify"', "'verify'"), ("false",)),
        (('"ssl"', "'ssl'"), ("false",), ("aiohttp", "websockets")),
        (("verify=", "verify ="), ("false",), ("requests", "httpx", "https:")),
        (("ssl=",), ("false",), ("aiohttp", "websockets")),
        (("verify=not ", "verify = not "), ("true",), ("requests", "httpx", "https:")),
        (("curl_ca_bundle=", "curl_ca_bundle:", 'curl_ca_bundle"', "curl_ca_bundle'",
          "curl_ca_bundle ", "curl_ca_bundle,", "curl_ca_bundle\n", "curl_ca_bundle\r"),),
        ((".send(",), ("false, cert",)),
        (("def send(",), ("verify = false", "verify=false")),
        (("insecure=true",), ("openstack",)),
        (("curl", "wget", "invoke-webrequest", "iwr ", "http "),
         (" -k", "--insecure", "no-check-cert", "skipcertificatecheck", "verify=no", *_CLUSTERS),
         (".py", "pypi", "python", "conda", "forge", "poetry", "astral", ".whl", "pyenv", "/uv")),
        (("certificatevalidationcallback", "certificatepolicy"), ("http",),
         (".py", "pypi", "python", "conda", "forge", "poetry", "astral", ".whl", "pyenv", "/uv")),
        (("curlrc",), ("insecure", "-k")),
        (("certificates.",), ("cert ", "cert=", ".cert"), ("false",)),
    ),
)  # fmt: skip
def check(reading: Reading) -> Iterator[Hit]:
    """Every switch, wherever it is written."""
    yield from (_hit(*switch) for switch in switches.of_variables(reading))
    for key in reading.keys:
        yield from (_hit(*switch) for switch in switches.of_key(key))
    for run in reading.runs:
        yield from (_hit(*switch) for switch in switches.of_run(run, reading))
    yield from (_hit(*switch) for switch in switches.of_callbacks(reading))
    yield from (_hit(*switch) for switch in switches.of_numbered(reading))
    for call in reading.calls:
        if call.about == "verification" and not (call.url and is_loopback(host_of(call.url))):
            shown = "no name" if "hostname" in call.what else "no certificate"
            yield _hit(call.span, f"{call.what}: {shown} is verified", None)
    for found in trusted(reading, "insecure-host"):
        yield _hit(found.span, f"uv verifies nothing of {found.host}", None)


def _hit(span: Span, message: str, removal: Span | None) -> Hit:
    fix = Fix(summary="take the switch out", edits=(Edit(removal, ""),)) if removal else None
    return Hit(span=span, message=message, why=_WHY, advice=_ADVICE, fix=fix)
