"""`python -m manual FOLDER` writes the pages into a folder."""

import sys
from pathlib import Path

from manual.writing import write

folder = Path(sys.argv[1])
print(f"{len(write(folder))} pages in {folder}")  # noqa: T201
