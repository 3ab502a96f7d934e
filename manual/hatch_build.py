"""Puts the manual pages into the wheel, where `man` looks: share/man/man1 of the environment."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPages(BuildHookInterface[BuilderConfig]):
    """Makes the pages before the wheel is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the pages to a folder of their own; an editable install gets none."""
        if version == "editable":
            return
        sys.path[:0] = [str(Path(self.root) / "src"), self.root]
        from manual.writing import write

        self._made = tempfile.TemporaryDirectory(prefix="certmend-manual-")
        write(Path(self._made.name))
        build_data["shared_data"][self._made.name] = "share/man/man1"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove that folder."""
        del build_data, artifact_path
        if version != "editable":
            self._made.cleanup()
