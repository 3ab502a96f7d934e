"""Azure Pipelines."""

from certmend.model.plugin import PinnedCa, Pipeline
from certmend.present.pipeline_steps import block, check, pin

_HEAD = """\
# Written by `certmend init ci azure`.
pool:
  vmImage: ubuntu-latest
variables:
  PIP_DISABLE_PIP_VERSION_CHECK: "1"
"""
_CERT = "  PIP_CERT: /tmp/pip-ca.pem\n"


def render(ca: PinnedCa | None) -> str:
    """A pipeline whose first steps are the check."""
    pinning = f"  - script: |\n{block(pin(ca), 6)}    displayName: Pin the CA\n" if ca else ""
    checking = f"  - script: |\n{block(check(), 6)}    displayName: Check the package index\n"
    return _HEAD + (_CERT if ca else "") + "steps:\n  - checkout: self\n" + pinning + checking


AZURE = Pipeline(
    name="azure",
    path="azure-pipelines.yml",
    render=render,
    use="Put the variables and the steps in front of those of the jobs that use pip.",
)
