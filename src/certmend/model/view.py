"""How what was found is to be shown."""

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How a report is to be shown."""

    width: int = 80
    color: bool = False
    verbose: bool = False
    """Everything, not only what is wrong."""
    quiet: bool = False
    """Only the findings' first lines."""
