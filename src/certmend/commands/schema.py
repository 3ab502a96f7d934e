"""`certmend schema`: the JSON Schema of what certmend writes for other programs."""

import click
import msgspec

from certmend import terminal


@click.command()
@click.argument("what", type=click.Choice(["diagnosis", "plan"]))
def schema(what: str) -> None:
    """Print the JSON Schema of what `diagnose` or `fix` gives with `--format json`."""
    from certmend.present import diagnosis, plans

    made = {"diagnosis": diagnosis.schema, "plan": plans.schema}[what]()
    terminal.out(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())
