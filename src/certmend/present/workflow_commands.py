"""GitHub's workflow commands: lines of output that become annotations.

Source: GitHub Actions, workflow commands; `%`, line ends, `:` and `,` are escaped as they say.
"""

from collections.abc import Mapping


def command(level: str, properties: Mapping[str, str], text: str) -> str:
    """A command of a level (error, warning, notice), without a line end."""
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {named}::{_data(text)}"


def no_command(line: str) -> str:
    """A line for the log alone: words from outside must not become a command at its start."""
    return f"- {line}" if line.lstrip().startswith(("::", "##[")) else line


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
