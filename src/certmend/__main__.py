"""`python -m certmend`, and the `certmend` command."""

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    arguments = sys.argv[1:]
    if arguments[:1] in (["diagnose"], ["check"]):
        from certmend.observe import interpreter

        interpreter.start_ahead(arguments)
    elif arguments[:1] == ["lint"]:
        from certmend.observe import listing

        listing.start_ahead(arguments[1:])
    from certmend import cli

    sys.exit(cli.run(arguments))


if __name__ == "__main__":
    main()
