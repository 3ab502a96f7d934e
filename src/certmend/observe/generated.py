"""Where a Linux system keeps the trust store that its own programs write: paths alone.

They stand apart from the places of `stores`, whose type takes long to import.
"""

BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine, Arch, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL up to 10
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora 43, RHEL 11
    "/etc/ssl/ca-bundle.pem",  # openSUSE, SLES
    "/etc/ssl/cert.pem",  # Alpine, the BSDs, macOS
)
GENERATED = (*BUNDLES, "/etc/ssl/certs", "/etc/pki/tls/certs")
"""What update-ca-certificates and update-ca-trust write anew from an admin's folders."""
