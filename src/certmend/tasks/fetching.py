"""A CA from a URL: never trusted for where it came from, only for its fingerprint."""

from certmend.errors import UsageError
from certmend.model import url as urls
from certmend.model.text import visible
from certmend.observe import containers, fetching
from certmend.remedy import bundles
from certmend.remedy.bundles import Member

_BYTES = 1 << 20


def fetch(address: str, fingerprints: frozenset[str], timeout: float) -> tuple[Member, ...]:
    """The certificates at a URL that have one of the fingerprints; raises `UsageError` for none."""
    shown = visible(str(urls.parse(address)), 300)
    if not fingerprints:
        raise UsageError(
            f"a CA from {shown} needs `--fingerprint SHA256`",
            "ask the CA team for it, on another way than this network",
        )
    content = fetching.download(address, _BYTES, timeout)
    if isinstance(content, str):
        raise UsageError(f"cannot fetch {shown}: {content}", "give the CA as a file")
    found = bundles.members(containers.decode(content, shown, lambda _: None).certificates, shown)
    fitting = tuple(one for one in found if one.sha256 in fingerprints)
    if not fitting:
        have = found[0].sha256 if found else "no certificate at all"
        raise UsageError(
            f"what {shown} gives has another SHA-256: {have}", "compare it with the CA team"
        )
    return fitting
