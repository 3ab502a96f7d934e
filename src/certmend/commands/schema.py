"""`certmend schema`: the JSON Schema of what certmend writes for other programs."""

import click
import msgspec

from certmend import terminal


@click.command()
@click.argument("what", type=click.Choice(["diagnosis", "explanation"]))
def schema(what: str) -> None:
    """Print the JSON Schema of what `--format json` writes."""
    from certmend.present import diagnosis
    from certmend.present.explanations import json as explanation

    made = {"diagnosis": diagnosis.schema, "explanation": explanation.schema}[what]()
    terminal.out(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())
