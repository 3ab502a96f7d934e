"""The pages as files, of the version that is imported."""

import os
from datetime import UTC, datetime
from pathlib import Path

from certmend import __version__
from certmend.cli import cli
from manual.pages import pages


def write(folder: Path) -> list[Path]:
    """Write all pages; they are dated today, or as SOURCE_DATE_EPOCH says."""
    folder.mkdir(parents=True, exist_ok=True)
    cli.name = "certmend"
    written = []
    for name, text in pages(cli, __version__, _day()):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _day() -> str:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    when = datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)
    return when.date().isoformat()
