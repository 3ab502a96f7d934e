"""What one module of a program gives a name that others may tell their clients to verify with."""

import enum
from typing import NamedTuple


class Off(enum.Enum):
    """The values by which verification is off."""

    FALSE = "False"
    TRUE = "True"
    """Of a switch that skips it."""
    MODE = "CERT_NONE"

    def negated(self) -> "Off":
        """What it is behind a `not`."""
        return {Off.FALSE: Off.TRUE, Off.TRUE: Off.FALSE}.get(self, self)


class Constant(NamedTuple):
    """A literal by which verification may be off, with the ways that lead to it."""

    names: tuple[str, ...]
    """Under which other modules reach it: `VERIFY_SSL`, `Settings.verify`, `settings.verify`."""
    off: Off = Off.FALSE
    argument: str = ""
    """Of an entry: its own name. The names are those of the mapping: `get(url, **OPTIONS)`."""
    key: str = ""
    """Under which the configuration of a Flask application holds it."""
    holder: str = ""
    """What gives it that key: a class, `app.config`, or nothing for the module itself."""
