"""Comparing clients' versions; one that is not known counts as the newest."""

from packaging.version import InvalidVersion, Version


def at_least(version: str, first: str) -> bool:
    """Whether a version is `first` or later; an unknown one is."""
    try:
        return Version(version) >= Version(first)
    except InvalidVersion:
        return True
