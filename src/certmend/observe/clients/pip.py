"""pip: its own interpreter resolves its options (`observe/pip.py`); here is what it reads, as rows.

Measured on 9.0.3 to 26.3. The two variables of requests beat pip's own option in every version.
"""

from certmend.model.client import Advice, Child
from certmend.model.plugin import Client, Kind, Place, Surroundings
from certmend.model.setting import Meaning
from certmend.observe.tables import (
    HOSTS,
    OPENSSL,
    PROXIES,
    REQUESTS,
    config_home,
    flag,
    key,
    variable,
)

_M = Meaning


def _places(around: Surroundings) -> tuple[Place, ...]:
    named = around.environment.get("PIP_CONFIG_FILE")
    path = named or f"{config_home(around)}/pip/pip.conf"
    return (Place(name="pip.conf", path=path, format="ini"),)


PIP = Client(
    name="pip",
    kind=Kind.INSTALLER,
    programs=("pip", "pip3"),
    traces=("requirements.txt", "constraints.txt"),
    sources=(
        *REQUESTS,
        flag(_M.BUNDLE, "--cert"),
        variable(_M.BUNDLE, "PIP_CERT"),
        key(_M.BUNDLE, "global.cert"),
        variable(OPENSSL[0].meaning, OPENSSL[0].name, since="24.2"),
        variable(OPENSSL[1].meaning, OPENSSL[1].name, since="24.2"),
        variable(_M.INSECURE, "PIP_TRUSTED_HOST", form=HOSTS),
        key(_M.INSECURE, "global.trusted-host", form=HOSTS),
        variable(_M.CLIENT_CERT, "PIP_CLIENT_CERT"),
        variable(_M.PROXY, "PIP_PROXY"),
        *PROXIES,
        variable(_M.INDEX, "PIP_INDEX_URL"),
        variable(_M.EXTRA_INDEX, "PIP_EXTRA_INDEX_URL"),
    ),
    places=_places,
    inert=("PYTHONHTTPSVERIFY",),
    settings_files=("PIP_CONFIG_FILE",),
    advice=Advice(bundle="export PIP_CERT={path}", certificate="export PIP_CLIENT_CERT={path}"),
    default_index="https://pypi.org/simple/",
    children=(
        Child(
            name="build isolation",
            runs="pip",
            drops=("--cert",),
            why="an option of the command line does not reach the pip that installs build "
            "requirements; variables and files do",
            until="25.0",
        ),
        Child(
            name="build isolation",
            runs="pip",
            drops=("--use-feature",),
            why="`--use-feature=truststore` on the command line does not reach the inner pip",
            until="24.2",
        ),
    ),
)
