"""The errors certmend raises on purpose.

    CertmendError       something a person can act on; exit status 3
    ├── UsageError      the input was wrong: a flag, a file, a URL; exit status 2
    └── WriteError    a file cannot be written, or is not what the plan was made for

Both carry two lines: what is wrong, and a hint. Neither ever shows a traceback.
"""


class CertmendError(Exception):
    """An expected failure of certmend itself: `message` says what, `hint` what to do."""

    exit_status = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CertmendError):
    """The person's input cannot be used: not a URL, an unreadable file, an unknown name."""

    exit_status = 2


class WriteError(CertmendError):
    """A file was not written: no rights, no room, or changed by somebody else. It is whole."""
