"""`certmend schema`: the JSON Schema of what certmend writes for other programs."""

import click
import msgspec

from certmend import terminal


@click.command()
@click.argument("what", type=click.Choice(["diagnosis", "inspection"]))
def schema(what: str) -> None:
    """Print the JSON Schema of what `diagnose` or `inspect` writes with --format json."""
    from certmend.present import diagnosis, inspection

    made = {"diagnosis": diagnosis.schema, "inspection": inspection.schema}[what]()
    terminal.out(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())
