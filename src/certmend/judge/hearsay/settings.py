"""Where a client is told which CA file it reads, and with which credentials it asks."""

_PIP_CA = "PIP_CERT, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, or `cert` in pip.conf"
_LIBRARY_CA = "SSL_CERT_FILE, SSL_CERT_DIR, or a file that the program names"
_NODE_CA = "NODE_EXTRA_CA_CERTS, or `cafile` in .npmrc"
_CA: dict[str, str] = {
    "pip": _PIP_CA,
    "pipenv": _PIP_CA,
    "pipx": _PIP_CA,
    "uv": "SSL_CERT_FILE or SSL_CERT_DIR",
    "poetry": "`certificates.NAME.cert` of `poetry config --list`, REQUESTS_CA_BUNDLE or "
    "CURL_CA_BUNDLE",
    "pdm": "`ca_certs` in pyproject.toml or `pdm config`, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE",
    "twine": "REQUESTS_CA_BUNDLE, TWINE_CERT, or `ca_cert` in .pypirc",
    "flit": "REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE",
    "hatch": "HATCH_INDEX_CA_CERT or SSL_CERT_FILE",
    "conda": "`ssl_verify` of `conda config --show-sources`, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE",
    "mamba": "`ssl_verify` in .condarc or .mambarc, REQUESTS_CA_BUNDLE or CURL_CA_BUNDLE",
    "requests": "REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, or a file that the program names",
    "httpx": _LIBRARY_CA,
    "aiohttp": _LIBRARY_CA,
    "urllib": _LIBRARY_CA,
    "git": "GIT_SSL_CAINFO, or `git config --show-origin --get-all http.sslCAInfo`",
    "curl": "CURL_CA_BUNDLE, SSL_CERT_FILE, or `cacert` in ~/.curlrc",
    "wget": "`ca_certificate` in ~/.wgetrc",
    "npm": _NODE_CA,
    "pnpm": _NODE_CA,
    "yarn": _NODE_CA,
    "node": _NODE_CA,
    "cargo": "CARGO_HTTP_CAINFO, or `http.cainfo` in .cargo/config.toml",
}
_ANY_CA = "PIP_CERT, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, SSL_CERT_FILE or a configuration file"
_NODE_LOGIN = "`npm login`, or `//{host}/:_authToken=TOKEN` in ~/.npmrc"
_LOGIN: dict[str, str] = {
    "uv": "UV_INDEX_NAME_USERNAME and UV_INDEX_NAME_PASSWORD, NAME being the index's, the URL "
    "(https://USER:TOKEN@HOST/…), or ~/.netrc",
    "poetry": "`poetry config http-basic.NAME USER TOKEN`, NAME being the source's name; to "
    "publish, `poetry config pypi-token.NAME TOKEN`",
    "twine": "TWINE_USERNAME (`__token__` with an API token) and TWINE_PASSWORD, or ~/.pypirc",
    "flit": "FLIT_USERNAME (`__token__` with an API token) and FLIT_PASSWORD, or ~/.pypirc",
    "hatch": "HATCH_INDEX_USER (`__token__` with an API token) and HATCH_INDEX_AUTH",
    "conda": "the channel's URL (https://HOST/t/TOKEN/…), or ~/.netrc",
    "mamba": "the channel's URL (https://HOST/t/TOKEN/…), or ~/.netrc",
    "git": "a token in git's credential helper; most hosts take no passwords any more",
    "npm": _NODE_LOGIN,
    "pnpm": _NODE_LOGIN,
    "yarn": _NODE_LOGIN,
    "docker": "`docker login {host}`",
    "kaniko": "/kaniko/.docker/config.json",
    "curl": "`--user`, or `--netrc` and ~/.netrc",
    "cargo": "`cargo login`",
    "requests": "the program's own settings, or ~/.netrc",
    "httpx": "the program's own settings, or ~/.netrc",
}
_ANY_LOGIN = "the index URL (https://USER:TOKEN@HOST/…), a netrc file, or keyring"


def ca_settings(client: str) -> str:
    """What names the CA file of a client, the strongest first."""
    return _CA.get(client, _ANY_CA)


def credentials(client: str) -> str:
    """Where a client finds the credentials that it sends."""
    return _LOGIN.get(client, _ANY_LOGIN)
