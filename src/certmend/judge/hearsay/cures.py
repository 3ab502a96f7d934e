"""How a client is made to trust a CA, told from its name and version alone."""

from certmend.model.sighting import Sighting

_SOURCE = "Compare the CA's SHA-256 with the team that runs it."
_REPLACED = "The file takes the place of the client's own roots: it needs the public ones too."

_UNKNOWN = (
    "pip: `export PIP_CERT=/path/to/bundle.pem`; a program that uses requests: "
    "`export REQUESTS_CA_BUNDLE=/path/to/bundle.pem`"
)
_KEYTOOL = (
    "Import the CA into the trust store of the Java that fails: "
    "`keytool -importcert -cacerts -alias NAME -file /path/to/ca.pem`."
)

_BUNDLES: dict[str, str] = {
    "uv": "`export SSL_CERT_FILE=/path/to/bundle.pem`, or let uv read the system's store: "
    "`export UV_SYSTEM_CERTS=1` (before 0.11 `UV_NATIVE_TLS=1`)",
    "poetry": "`poetry config certificates.NAME.cert /path/to/bundle.pem`, NAME being the "
    "source's name in pyproject.toml",
    "pdm": "`pdm config pypi.ca_certs /path/to/bundle.pem`",
    "pipenv": "`export PIP_CERT=/path/to/bundle.pem`",
    "pipx": "`export PIP_CERT=/path/to/bundle.pem`",
    "twine": "`export TWINE_CERT=/path/to/bundle.pem`",
    "flit": "`export REQUESTS_CA_BUNDLE=/path/to/bundle.pem`",
    "hatch": "`export HATCH_INDEX_CA_CERT=/path/to/bundle.pem`",
    "conda": "`conda config --set ssl_verify /path/to/bundle.pem`",
    "mamba": "`conda config --set ssl_verify /path/to/bundle.pem`",
    "requests": "`export REQUESTS_CA_BUNDLE=/path/to/bundle.pem`",
    "httpx": "`export SSL_CERT_FILE=/path/to/bundle.pem`",
    "aiohttp": "`export SSL_CERT_FILE=/path/to/bundle.pem`",
    "urllib": "`export SSL_CERT_FILE=/path/to/bundle.pem`",
    "setuptools": "`export SSL_CERT_FILE=/path/to/bundle.pem`, or install with pip instead",
    "git": "`git config --global http.sslCAInfo /path/to/bundle.pem`",
    "curl": "`export CURL_CA_BUNDLE=/path/to/bundle.pem`",
    "wget": "`ca_certificate = /path/to/ca.pem` in ~/.wgetrc",
    "npm": "`export NODE_EXTRA_CA_CERTS=/path/to/ca.pem` (it is added to Node's own roots)",
    "node": "`export NODE_EXTRA_CA_CERTS=/path/to/ca.pem` (it is added to Node's own roots)",
    "pnpm": "`export NODE_EXTRA_CA_CERTS=/path/to/ca.pem` (it is added to Node's own roots)",
    "yarn": "`export NODE_EXTRA_CA_CERTS=/path/to/ca.pem` (it is added to Node's own roots)",
    "cargo": "`export CARGO_HTTP_CAINFO=/path/to/bundle.pem`",
    "docker": "`/etc/docker/certs.d/HOST:PORT/ca.crt`, HOST being the registry's; BuildKit's own "
    "builders name it as `ca` of the registry in buildkitd.toml",
    "kaniko": "`--registry-certificate HOST=/path/to/ca.crt`",
}
_ADDS = frozenset({"npm", "pnpm", "yarn", "node", "wget", "docker", "kaniko"})


def trust_words(seen: Sighting) -> tuple[str, ...]:
    """Sentences that tell how the client of a sighting is made to trust a CA."""
    if seen.client == "java":
        return (f"{_KEYTOOL} {_SOURCE}",)
    if seen.client in _BUNDLES:
        what = "the CA" if seen.client in _ADDS else "the public roots and the CA"
        return (f"Write one file with {what}, and name it: {_BUNDLES[seen.client]}. {_SOURCE}",)
    system = (
        "Install the CA in the system's trust store (Debian: /usr/local/share/ca-certificates/"
        "NAME.crt, then `update-ca-certificates`; RHEL: /etc/pki/ca-trust/source/anchors, then "
        "`update-ca-trust`)"
    )
    if seen.client == "apt":
        return (f"{system}. {_SOURCE}",)
    if _reads_system_store(seen):
        return (
            f"{system}: this pip reads it. {_SOURCE}",
            "Name its file: `export PIP_CERT=/path/to/ca.pem` (it is added to the public roots).",
        )
    setting = "`export PIP_CERT=/path/to/bundle.pem`"
    named = setting if seen.client else f"in the client's own setting ({_UNKNOWN})"
    bundle = (
        f"Write one file with the public roots and the CA, and name it: {named}. {_SOURCE} "
        f"{_REPLACED}"
    )
    return (
        bundle,
        f"{system}: pip reads it from 24.2 on, with Python 3.10 or later.",
    )


def _reads_system_store(seen: Sighting) -> bool:
    """Whether it is pip from 24.2 on, with Python 3.10 or later (pip's NEWS, 24.2)."""
    if seen.client != "pip":
        return False
    from packaging.version import InvalidVersion, Version

    try:
        python = Version(seen.python or "3.10")
        return Version(seen.version) >= Version("24.2") and python >= Version("3.10")
    except InvalidVersion:
        return False
