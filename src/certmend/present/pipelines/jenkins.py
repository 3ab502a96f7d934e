"""Jenkins, as a declarative pipeline."""

from certmend.model.plugin import PinnedCa, Pipeline
from certmend.present.pipeline_steps import block, check, pin

_HEAD = """\
// Written by `certmend init ci jenkins`.
pipeline {
  agent any
  environment {
    PIP_DISABLE_PIP_VERSION_CHECK = '1'
"""
_CERT = '    PIP_CERT = "${WORKSPACE_TMP}/pip-ca.pem"\n'
_STAGE = """\
  }
  stages {
    stage('Package index') {
      steps {
        sh '''
"""
_END = """\
        '''
      }
    }
  }
}
"""
_ROOM = "${WORKSPACE_TMP}/certmend"


def render(ca: PinnedCa | None) -> str:
    """A pipeline whose first stage is the check."""
    lines = (
        'mkdir -p "$WORKSPACE_TMP"',
        *(pin(ca) if ca else ()),
        *check(_ROOM),
    )
    return _HEAD + (_CERT if ca else "") + _STAGE + block(lines, 10) + _END


JENKINS = Pipeline(
    name="jenkins",
    path="Jenkinsfile",
    render=render,
    use="Put the variables of `environment` and the stage in front of the others.",
)
