"""JSON that runs or deploys something: manifests, task definitions, templates, Packer, Vercel.

Data in JSON is none of it: a file counts by the keys of such a format. Sources: Kubernetes' API
conventions, ECS task definitions, CloudFormation's template anatomy, Packer's JSON templates,
Vercel's project configuration, Heroku's app.json.
"""

from collections.abc import Iterable

from certmend.model import lazy
from certmend.model.document import Entry, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.files.pipelines import read_json

_KEYS = lazy.regex(
    r'"(?:apiVersion|containerDefinitions|provisioners|builders|AWSTemplateFormatVersion|'
    r"installCommand|buildCommand|environment_variables|environment_vars|buildpacks|"
    r'EnvironmentVariables|postdeploy)"\s*:'
)


def read(source: Source) -> Iterable[Entry]:
    """What a manifest runs and sets; nothing of any other JSON."""
    return read_json(source) if _KEYS.search(source.text.text) else []


MANIFEST = FileKind(
    name="json-manifest", role=Role.CONFIG, read=read, suffixes=(".json",), comment=""
)
