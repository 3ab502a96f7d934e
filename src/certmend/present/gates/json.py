"""A gate for other programs."""

import msgspec

from certmend.model.gate import Gate
from certmend.model.plugin import GateFormat
from certmend.model.view import View
from certmend.present import gate_result


def render(gate: Gate, _view: View) -> str:
    """Indented JSON, `certmend/check/1`."""
    made = msgspec.json.encode(gate_result.result(gate))
    return msgspec.json.format(made, indent=2).decode() + "\n"


JSON = GateFormat(name="json", render=render)
