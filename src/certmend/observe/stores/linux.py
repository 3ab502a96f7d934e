"""The system's trust store on Linux: the bundle that clients read, and what an admin put in.

The paths are those of `truststore` (`_openssl.py`) and `mkcert` (`truststore_linux.go`).
"""

from certmend.model.plugin import StorePlace
from certmend.observe import generated

BUNDLES = StorePlace(
    name="the system's trust store",
    paths=generated.BUNDLES,
)
SOURCES = StorePlace(
    name="the folder of the system's own additions",
    paths=(
        "/usr/local/share/ca-certificates",  # update-ca-certificates: names ending in .crt only
        "/etc/pki/ca-trust/source/anchors",  # update-ca-trust
        "/etc/ca-certificates/trust-source/anchors",  # Arch
        "/usr/share/pki/trust/anchors",  # openSUSE
        "/etc/pki/trust/anchors",  # openSUSE
    ),
    patterns=("*.crt", "*.pem", "*.cer", "*/*.crt", "*/*.pem", "*/*.cer"),
)
