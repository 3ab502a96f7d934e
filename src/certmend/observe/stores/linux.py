"""The system's trust store on Linux: the bundle that clients read, and what an admin put in.

The paths are those of `truststore` (`_openssl.py`) and `mkcert` (`truststore_linux.go`).
"""

from certmend.model.plugin import StorePlace
from certmend.observe import generated

BUNDLES = StorePlace(
    name="the system's trust store",
    paths=generated.BUNDLES,
)
_ANY = ("*.crt", "*.pem", "*.cer", "*/*.crt", "*/*.pem", "*/*.cer")
_DEBIAN, _FOLDER = "/etc/debian_version", "/usr/local/share/ca-certificates"
# update-ca-certificates(8): Debian's takes names that end in .crt, Alpine's any.
TAKEN_UP = StorePlace(
    name="the folder that `update-ca-certificates` takes up",
    paths=(_FOLDER,),
    patterns=("*.crt", "*/*.crt"),
    only_where=_DEBIAN,
)
IGNORED = StorePlace(
    name="`update-ca-certificates` ignores it: its name does not end in .crt",
    paths=(_FOLDER,),
    patterns=tuple(one for one in _ANY if not one.endswith(".crt")),
    each=True,
    only_where=_DEBIAN,
)
SOURCES = StorePlace(
    name="the folder of the system's own additions",
    paths=(
        _FOLDER,  # Alpine; of Debian's it is known already
        "/etc/pki/ca-trust/source/anchors",  # update-ca-trust
        "/etc/ca-certificates/trust-source/anchors",  # Arch
        "/usr/share/pki/trust/anchors",  # openSUSE
        "/etc/pki/trust/anchors",  # openSUSE
    ),
    patterns=_ANY,
)
