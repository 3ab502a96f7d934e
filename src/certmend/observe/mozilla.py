"""Where Mozilla's roots are: as certifi ships them, and as this system's packages do."""

import hashlib
import re
from functools import cache
from pathlib import Path

_FINGERPRINT = re.compile(rb"^# SHA256 Fingerprint: ([0-9A-Fa-f:]{95})\s*$", re.MULTILINE)


def file() -> str:
    """The file beside the module, which importing certifi to be told of would take longer to find.

    A distribution's certifi has none, and says where the system's is.
    """
    from importlib.util import find_spec

    spec = find_spec("certifi")
    beside = Path(spec.origin).with_name("cacert.pem") if spec and spec.origin else None
    if beside is not None and beside.is_file():
        return str(beside)
    import certifi

    return certifi.where()


def roots() -> tuple[bytes, ...]:
    """Mozilla's roots, DER: what certifi's own comments name, and nothing added to its file.

    Machines behind a proxy have its CA appended there, often by the agent that the proxy comes
    with: that makes it trusted, and not public. certifi states each certificate's SHA-256 above it;
    where a distribution put its own bundle in the place of the file, its package's roots count.
    """
    from certmend.observe import bundle

    path = file()
    held = bundle.read(path, "Mozilla's roots").certificates
    stated = _stated(path)
    if not stated:
        return packaged() or held
    return tuple(der for der in held if hashlib.sha256(der).hexdigest() in stated)


def _stated(path: str) -> frozenset[str]:
    try:
        content = Path(path).read_bytes()
    except OSError:
        return frozenset()
    return frozenset(
        one.replace(b":", b"").decode().lower() for one in _FINGERPRINT.findall(content)
    )


@cache
def packaged() -> tuple[bytes, ...]:
    """The roots that this system's own package brought, DER; those of an admin are not among them.

    A distribution keeps roots that certifi has dropped meanwhile, some past their end.
    """
    from certmend.observe import bundle

    held = (bundle.read(path, "the system's package", ("*.crt",)) for path in _PACKAGED)
    return tuple(der for one in held for der in one.certificates)


_PACKAGED = (
    "/usr/share/ca-certificates/mozilla",  # Debian, Ubuntu, Alpine: ca-certificates
    "/usr/share/pki/ca-trust-source/ca-bundle.trust.p11-kit",  # Fedora, RHEL
    "/usr/share/ca-certificates/trust-source/mozilla.trust.p11-kit",  # Arch
    "/usr/share/pki/trust/ca-certificates-mozilla.trust.p11-kit",  # openSUSE, SLES
)
