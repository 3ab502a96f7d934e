"""What rich lays out, as text: no wider than the view, coloured only where it says so."""

import io
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType

from certmend.model.view import View


def printed(parts: Iterable[RenderableType], view: View, narrowest: int = 40) -> str:
    """The parts below each other, at most `view.width` columns wide, without blanks at line ends.

    A view that is narrower than `narrowest` gets that many columns: less cannot be read.
    """
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=max(narrowest, view.width),
        force_terminal=view.color,
        no_color=not view.color,
        color_system="standard" if view.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(Group(*parts), soft_wrap=False)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"
