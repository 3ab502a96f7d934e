"""Bundles that variables of this environment name, for pip or for its neighbours."""

from certmend.model.plugin import StorePlace

CLIENTS = StorePlace(
    name="a bundle named by a variable",
    variables=(
        "PIP_CERT",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "NODE_EXTRA_CA_CERTS",
        "GIT_SSL_CAINFO",
        "AWS_CA_BUNDLE",
        "NIX_SSL_CERT_FILE",
        "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
        "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",
        "UV_SSL_CERT_FILE",
    ),
)
