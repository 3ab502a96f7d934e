"""What the commands of `certmend bundle` share: passwords, and how a member is shown."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from certmend.errors import UsageError
from certmend.model.text import visible

if TYPE_CHECKING:
    from certmend.observe.containers import Password
    from certmend.remedy.bundles import Member


def passwords(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that give the password of a PKCS#12 file; it is asked for on a terminal."""
    command = click.option(
        "--password-env", metavar="NAME", help="The variable with the password of a PKCS#12 file."
    )(command)
    return click.option(
        "--password-file", metavar="FILE", help="The file with the password of a PKCS#12 file."
    )(command)


def asker(password_file: str | None, password_env: str | None) -> "Password":
    """How a password is found: a file's first line, a variable, or the person."""

    def ask(name: str) -> bytes | None:
        if password_file is not None:
            try:
                return Path(password_file).read_bytes().split(b"\n")[0].rstrip(b"\r")
            except OSError as error:
                raise UsageError(
                    f"cannot read {visible(password_file)}: {(error.strerror or '').lower()}",
                    "the file holds the password in its first line",
                ) from None
        if password_env is not None:
            if password_env not in os.environ:
                raise UsageError(
                    f"the variable {visible(password_env)} is not set",
                    "it holds the password of the PKCS#12 file",
                )
            return os.environ[password_env].encode()
        if sys.stdin.isatty():
            said: str = click.prompt(f"Password of {visible(name)}", hide_input=True, err=True)
            return said.encode()
        raise UsageError(
            f"{visible(name, 300)} needs a password",
            "`--password-file FILE` or `--password-env NAME` gives it",
        )

    return ask


def lines(one: "Member", mark: str = "") -> str:
    """A certificate in three lines."""
    from certmend.remedy import journal

    kind = "" if one.may_sign else ", no CA"
    kind += ", expired" if one.not_after < journal.now() else ""
    return (
        f"{mark}{one.label}\n"
        f"  valid   {one.not_before:%Y-%m-%d} to {one.not_after:%Y-%m-%d}{kind}\n"
        f"  sha256  {one.sha256}"
    )


def data(one: "Member") -> dict[str, Any]:
    """A certificate as data."""
    return {
        "subject": one.label,
        "not_before": one.not_before,
        "not_after": one.not_after,
        "sha256": one.sha256,
        "is_ca": one.may_sign,
    }


def say_json(content: dict[str, Any]) -> None:
    """Write an object, its schema's name first."""
    import msgspec

    from certmend import terminal

    terminal.out(msgspec.json.format(msgspec.json.encode(content), indent=2).decode())


def count(number: int, one: str, many: str = "") -> str:
    """`1 certificate`, `2 certificates`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
