"""`python -m certmend`, and the `certmend` command."""

import atexit
import gc
import sys

_OBJECTS = 100_000
"""Made and not freed before cycles are looked for: what is loaded at the start stays for good."""


def main() -> None:
    """Run the command line and exit with its status."""
    gc.set_threshold(_OBJECTS)
    atexit.register(gc.freeze)  # or all that was loaded is looked through once more: 20 ms
    arguments = sys.argv[1:]
    if arguments[:1] in (["diagnose"], ["check"]):
        from certmend.observe import starting

        starting.start_ahead(arguments)
    elif arguments[:1] == ["lint"]:
        from certmend.observe import listing

        listing.start_ahead(arguments[1:])
    from certmend import cli

    sys.exit(cli.run(arguments))


if __name__ == "__main__":
    main()
