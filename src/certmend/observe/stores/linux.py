"""The system's trust store on Linux: the bundle that clients read, and what an admin put in.

The paths are those of `truststore` (`_openssl.py`) and `mkcert` (`truststore_linux.go`).
"""

from certmend.model.plugin import StorePlace

BUNDLES = StorePlace(
    name="the system's trust store",
    paths=(
        "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine, Arch, Gentoo
        "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL up to 10
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora 43, RHEL 11
        "/etc/ssl/ca-bundle.pem",  # openSUSE, SLES
        "/etc/ssl/cert.pem",  # Alpine, the BSDs, macOS
    ),
)
GENERATED = (*BUNDLES.paths, "/etc/ssl/certs", "/etc/pki/tls/certs")
"""What update-ca-certificates and update-ca-trust write anew from the folders below."""
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
