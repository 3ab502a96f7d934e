"""A Dockerfile."""

from certmend.model.plugin import PinnedCa, Pipeline
from certmend.present.pipeline_steps import ROOM, check, pin

_HEAD = """\
# Written by `certmend init ci docker`.
FROM python:3.12-slim
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
"""
_CA = "/usr/local/share/pip-ca/ca.pem"
_CERT = "/usr/local/share/pip-ca/bundle.pem"


def render(ca: PinnedCa | None) -> str:
    """An image whose first layers pin the CA and check the index; nothing of certmend stays."""
    pinning = (
        f"ENV PIP_CERT={_CERT}\nCOPY {ca.path} {_CA}\n{_run(pin(ca, _CA))}"
        if ca is not None
        else ""
    )
    return _HEAD + pinning + _run((*check(ROOM), f"rm -rf {ROOM}"))


def _run(lines: tuple[str, ...]) -> str:
    return "RUN set -e; \\\n    " + "; \\\n    ".join(lines) + "\n"


DOCKER = Pipeline(
    name="docker",
    path="Dockerfile",
    render=render,
    use="Put the lines after FROM in front of the first one that uses pip.",
)
