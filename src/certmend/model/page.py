"""The page of a cause: what it looks like, why it is, what to do and what never to do."""

import msgspec


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A cause's docstring, with the code and family that its file's place gives it."""

    code: str
    family: str
    text: str
    """Markdown: a sentence, then sections under `##`."""

    @property
    def title(self) -> str:
        """The cause in one sentence."""
        return " ".join(self.text.strip().partition("\n\n")[0].split())

    @property
    def body(self) -> str:
        """The sections, as Markdown."""
        return self.text.strip().partition("\n\n")[2].strip()

    @property
    def symptoms(self) -> tuple[str, ...]:
        """The lines under "What you see": what clients print for this cause."""
        _, _, rest = self.text.partition("## What you see\n")
        lines = rest.partition("\n## ")[0].splitlines()
        shown = (line.strip() for line in lines if line.startswith("    "))
        return tuple(line for line in shown if line and not line.startswith("("))
