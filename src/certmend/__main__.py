"""`python -m certmend`, and the `certmend` command."""

from certmend.cli import main

if __name__ == "__main__":
    main()
