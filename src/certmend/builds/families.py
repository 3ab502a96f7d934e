"""Families of systems: where a CA goes, what takes it up, and what clients read then.

Debian, Ubuntu: update-ca-certificates(8), names ending in `.crt`. RHEL, Fedora, Amazon Linux:
update-ca-trust(8). Alpine: its own update-ca-certificates, in the package ca-certificates; the
bundle comes with ca-certificates-bundle, which every image has since apk needs it. Arch:
update-ca-trust by ca-certificates-utils. SUSE: update-ca-certificates(8) with its own folder.
"""

import msgspec


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """One family of systems."""

    name: str
    folder: str
    """Where a CA of one's own is put."""
    also: tuple[str, ...] = ()
    """Other folders that count as well."""
    bundle: str
    """The file that is made of all, and that clients are pointed at."""
    refresh: str
    """The command that makes it."""
    install: str = ""
    """The command that installs the package with `refresh`; empty where every image has it."""
    over_tls: bool = False
    """Whether `install` itself downloads over TLS: it has to trust the CA first."""
    clean: str = ""
    """What takes away what `install` left behind."""
    managers: tuple[str, ...]
    """The programs by which a system of this family is known."""

    def path(self, name: str) -> str:
        """Where the CA of that name lies."""
        return f"{self.folder}/{name}"


DEBIAN = Family(
    name="debian",
    folder="/usr/local/share/ca-certificates",
    bundle="/etc/ssl/certs/ca-certificates.crt",
    refresh="update-ca-certificates",
    install="apt-get update && apt-get install -y --no-install-recommends ca-certificates",
    clean="rm -rf /var/lib/apt/lists/*",
    managers=("apt-get", "apt", "aptitude"),
)
ALPINE = Family(
    name="alpine",
    folder="/usr/local/share/ca-certificates",
    bundle="/etc/ssl/certs/ca-certificates.crt",
    refresh="update-ca-certificates",
    install="apk add --no-cache ca-certificates",
    over_tls=True,
    managers=("apk",),
)
RHEL = Family(
    name="rhel",
    folder="/etc/pki/ca-trust/source/anchors",
    also=("/etc/pki/ca-trust/source", "/usr/share/pki/ca-trust-source/anchors"),
    # Every release makes this file; links to it, such as /etc/pki/tls/certs/ca-bundle.crt, are gone
    # from Fedora 43 and RHEL 11 on.
    bundle="/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    refresh="update-ca-trust",
    managers=("dnf", "yum", "microdnf", "tdnf", "dnf5", "rpm"),
)
AZURE_LINUX = msgspec.structs.replace(
    RHEL, install="tdnf install -y ca-certificates", over_tls=True, clean="tdnf clean all"
)
"""Its images have the bundle, and not the program."""
ARCH = Family(
    name="arch",
    folder="/etc/ca-certificates/trust-source/anchors",
    bundle="/etc/ssl/certs/ca-certificates.crt",
    refresh="update-ca-trust",
    managers=("pacman", "yay"),
)
SUSE = Family(
    name="suse",
    folder="/etc/pki/trust/anchors",
    also=("/usr/share/pki/trust/anchors",),
    bundle="/etc/ssl/ca-bundle.pem",
    refresh="update-ca-certificates",
    managers=("zypper",),
)
FAMILIES = (DEBIAN, ALPINE, RHEL, ARCH, SUSE)
NAMES = tuple(one.name for one in FAMILIES)


def named(name: str) -> Family | None:
    """The family of that name."""
    return next((one for one in FAMILIES if one.name == name), None)


def of_program(program: str) -> Family | None:
    """The family that a package manager belongs to."""
    return next((one for one in FAMILIES if program in one.managers), None)
