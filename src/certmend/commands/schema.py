"""`certmend schema`: the JSON Schema of what certmend writes for other programs."""

import importlib

import click

from certmend import terminal

_WRITTEN_BY = {
    "check": "certmend.present.gate_result",
    "config": "certmend.present.configuration",
    "diagnosis": "certmend.present.diagnosis",
    "explanation": "certmend.present.explanations.json",
    "inspection": "certmend.present.inspection",
    "lint": "certmend.present.lint_result",
    "manifest": "certmend.model.manifest",
    "plan": "certmend.present.plans",
}
"""The module whose `schema` describes each."""


@click.command(short_help="Print the JSON Schema of what a command gives.")
@click.argument("what", type=click.Choice(sorted(_WRITTEN_BY)))
def schema(what: str) -> None:
    """Print the JSON Schema of what a command gives with `--format json`."""
    import msgspec

    made = importlib.import_module(_WRITTEN_BY[what]).schema()
    terminal.out(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())
