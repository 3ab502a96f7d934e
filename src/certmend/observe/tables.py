"""Rows that several clients share: the variables of requests, of OpenSSL, of proxies; and files."""

from pathlib import Path

from certmend.model.client import Trust
from certmend.model.plugin import Form, Resolved, SettingSource, Surroundings
from certmend.model.setting import Active, Meaning, OriginKind


def variable(meaning: Meaning, name: str, **changes: object) -> SettingSource:
    """A row for a variable."""
    return SettingSource(meaning=meaning, kind=OriginKind.VARIABLE, name=name, **changes)  # type: ignore[arg-type]


def flag(meaning: Meaning, name: str, **changes: object) -> SettingSource:
    """A row for an option."""
    return SettingSource(meaning=meaning, kind=OriginKind.FLAG, name=name, **changes)  # type: ignore[arg-type]


def key(meaning: Meaning, name: str, *places: str, **changes: object) -> SettingSource:
    """A row for a key of a file."""
    return SettingSource(meaning=meaning, kind=OriginKind.FILE, name=name, places=places, **changes)  # type: ignore[arg-type]


REQUESTS = (
    variable(Meaning.BUNDLE, "REQUESTS_CA_BUNDLE"),
    variable(Meaning.BUNDLE, "CURL_CA_BUNDLE"),
)
"""requests, sessions.py, merge_environment_settings: the first that is set."""
OPENSSL = (
    variable(Meaning.BUNDLE, "SSL_CERT_FILE"),
    variable(Meaning.FOLDER, "SSL_CERT_DIR"),
)
PROXIES = (
    variable(Meaning.PROXY, "https_proxy"),
    variable(Meaning.PROXY, "HTTPS_PROXY"),
    variable(Meaning.PROXY, "all_proxy"),
    variable(Meaning.PROXY, "ALL_PROXY"),
)
PARTIAL_CHAIN = 0x80000
"""X509_V_FLAG_PARTIAL_CHAIN: an intermediate that is trusted ends a chain, as a root does."""
SWITCH, NOT, HOSTS = Form.SWITCH, Form.NOT, Form.HOSTS


def certifi(around: Surroundings) -> str:
    """The bundle that the client's own interpreter ships for it; empty when it is not known."""
    return str((around.python.get("trust") or {}).get("certifi") or "")


def told(around: Surroundings) -> dict[str, object]:
    """What the client's interpreter said of the context that it connects with."""
    trust = around.python.get("trust") or {}
    level = trust.get("security_level")
    return {
        "verify_flags": int(trust.get("verify_flags") or 0),
        "security_level": 2 if level is None else int(level),
        "reads_common_name": bool(trust.get("common_name", True)),
    }


def replacing(resolved: Resolved, setting: Active | None, mechanism: str = "certifi") -> Trust:
    """A setting's bundle in the place of certifi: what requests and its like do."""
    own = certifi(resolved.around)
    said = told(resolved.around)
    if setting is None:
        stores = (own,) if own else ()
        embedded = "" if own else "certifi's copy of Mozilla's roots"
        return Trust(mechanism=mechanism, stores=stores, embedded=embedded, **said)  # type: ignore[arg-type]
    return Trust(
        mechanism=mechanism,
        stores=(setting.value,),
        bundle=setting.value,
        bundle_origin=str(setting.origin),
        replaces=True,
        **said,  # type: ignore[arg-type]
    )


def upward(folder: str, name: str) -> str:
    """The nearest file of that name in the folder or above it; in the folder when there is none."""
    here = Path(folder)
    for one in (here, *here.parents):
        if (one / name).is_file():
            return str(one / name)
    return str(here / name)


def config_home(around: Surroundings) -> str:
    """The user's folder for settings (XDG Base Directory Specification)."""
    return around.environment.get("XDG_CONFIG_HOME") or f"{around.home}/.config"
