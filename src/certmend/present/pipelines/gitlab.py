"""GitLab CI."""

from certmend.model.plugin import PinnedCa, Pipeline
from certmend.present.pipeline_steps import block, check, pin

_HEAD = """\
# Written by `certmend init ci gitlab`. In .gitlab-ci.yml:
#     include:
#       - local: .gitlab/package-index.yml
variables:
  PIP_DISABLE_PIP_VERSION_CHECK: "1"
"""
_CERT = """\
  PIP_CERT: /tmp/pip-ca.pem
# For every job that uses pip: `extends: .pip-ca`.
.pip-ca:
  before_script:
    - |
"""
_JOB = """\
package index:
  stage: .pre
  image: python:3.12-slim
"""


def render(ca: PinnedCa | None) -> str:
    """A job in the first stage, and what gives other jobs the CA."""
    pinning = _CERT + block(pin(ca), 6) if ca else ""
    extends = "  extends: .pip-ca\n" if ca else ""
    return _HEAD + pinning + _JOB + extends + "  script:\n    - |\n" + block(check(), 6)


GITLAB = Pipeline(
    name="gitlab",
    path=".gitlab/package-index.yml",
    render=render,
    use="Include it: `include: [{local: .gitlab/package-index.yml}]` in .gitlab-ci.yml.",
)
