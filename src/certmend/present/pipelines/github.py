"""GitHub Actions."""

from certmend.model.plugin import PinnedCa, Pipeline
from certmend.present.pipeline_steps import ROOM, block, check, pin

_HEAD = """\
# Written by `certmend init ci github`. Every Monday too: a certificate expires without a push.
# The variables and the steps may stand at the start of any job that installs packages.
name: package index
on:
  push:
  pull_request:
  schedule:
    - cron: "0 6 * * 1"
permissions:
  contents: read
env:
  PIP_DISABLE_PIP_VERSION_CHECK: "1"
"""
_CERT = "  PIP_CERT: /tmp/pip-ca.pem\n"
_JOB = """\
jobs:
  index:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683  # v4.2.2
        with:
          persist-credentials: false
"""


def render(ca: PinnedCa | None) -> str:
    """A workflow with one job."""
    pinning = f"      - name: Pin the CA\n        run: |\n{block(pin(ca), 10)}" if ca else ""
    lines = block(check(ROOM, "--format github"), 10)
    checking = f"      - name: Check the package index\n        run: |\n{lines}"
    return _HEAD + (_CERT if ca else "") + _JOB + pinning + checking


GITHUB = Pipeline(
    name="github",
    path=".github/workflows/package-index.yml",
    render=render,
    use="It is a workflow of its own; copy `env` and the steps into the jobs that use pip.",
)
