"""Fixtures of the clients' tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ground import Ground


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """An index, two CAs, a home and a project."""
    made = Ground(tmp_path)
    yield made
    made.close()
