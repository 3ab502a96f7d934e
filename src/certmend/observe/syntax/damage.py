"""Whether a file is what its name says: the readers of lint take what they can get of any."""

import json
import re
from pathlib import PurePath

from certmend.model.document import whole
from certmend.model.text import visible
from certmend.observe.syntax import json_tree, yaml_tree

_TRAILING = re.compile(r",(\s*[}\]])")


def found(path: str, text: str) -> str:
    """Why a YAML or JSON file cannot be read, with the line; empty where it can, or is another."""
    if re.search(r"[\udc80-\udcff]", text):
        return "is not in UTF-8"
    match PurePath(path).suffix.lower():
        case ".yml" | ".yaml":
            said = yaml_tree.damage(whole(text))
            words = visible(said.replace('in "<unicode string>", ', "in "), 200)
            return f"is no valid YAML: {words}" if said else ""
        case ".json":
            return _of_json(text)
        case _:
            return ""


def _of_json(text: str) -> str:
    """JSON with comments and commas too many, as devcontainer.json has them."""
    plain = text
    for one in json_tree.comments(whole(text)):
        blank = re.sub(r"[^\n]", " ", plain[one.span.start : one.span.end])
        plain = plain[: one.span.start] + blank + plain[one.span.end :]
    try:
        json.loads(_TRAILING.sub(r"\1", plain))
    except (ValueError, RecursionError) as error:
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        return f"is no valid JSON{line}"
    return ""
