"""`make onefile`: certmend in one file, for machines on which pip does not work."""

import argparse
import sys
from pathlib import Path

from onefile import archive, libraries

_PROJECT = Path(__file__).parents[1]


def main(arguments: list[str]) -> None:
    """Fetch the libraries where they are not there, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m onefile")
    parser.add_argument("file", type=Path, nargs="?", help="none: the libraries alone")
    parser.add_argument("--libraries", type=Path, required=True, metavar="DIR")
    parser.add_argument("--platform", action="append", default=[], help="a tag of wheels")
    given = parser.parse_args(arguments)
    if not given.libraries.is_dir():
        libraries.fetch(_PROJECT, given.libraries, given.platform)
    if given.file is not None:
        archive.make(_PROJECT, given.libraries, given.file)


if __name__ == "__main__":
    main(sys.argv[1:])
