"""The stores that OpenSSL's defaults come to, and those of the system."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from certmend.observe.stores.linux import BUNDLES

_FOLDERS = ("/etc/ssl/certs", "/etc/pki/tls/certs")


def system() -> tuple[str, str]:
    """The bundle file and the hashed folder of the system's trust store; empty where none is."""
    file = next((path for path in BUNDLES.paths if Path(path).exists()), "")
    folder = next((path for path in _FOLDERS if Path(path).is_dir()), "")
    return file, folder


def defaults(
    environment: Mapping[str, str], tls: Mapping[str, Any], fallback: tuple[str, str]
) -> tuple[str, ...]:
    """What `SSL_CTX_set_default_verify_paths` loads: a file, and folders with hashed names.

    Each variable takes the place of one of the two (crypto/x509/x509_def.c). `tls` is what an
    interpreter said of its OpenSSL's own paths.
    """
    file = environment.get("SSL_CERT_FILE") or tls.get("cafile") or fallback[0]
    folder = environment.get("SSL_CERT_DIR") or tls.get("capath") or fallback[1]
    return tuple(path for path in dict.fromkeys((file, *folder.split(os.pathsep))) if path)
