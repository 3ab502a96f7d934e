"""`certmend bundle`: CA bundles made, looked at, compared, changed and rotated."""

import click

from certmend.commands.bundle import change, look, make, rotation

_EXAMPLES = """\b
  certmend bundle build corp-ca.crt -o bundle.pem   public roots and your CA
  certmend bundle show bundle.pem                   what is in it
  certmend bundle check bundle.pem --host pypi.corp.example
  certmend bundle find corp-ca.crt                  every copy on this machine
  certmend bundle rotate --add new.crt --retire old.crt --host pypi.corp.example
"""


@click.group(
    short_help="Make, check, compare and rotate CA bundles.",
    help=f"Make and keep CA bundles: files of the CAs that a client trusts.\n\n{_EXAMPLES}",
)
def bundle() -> None:
    """Make and keep CA bundles."""


for _command in (
    make.build,
    look.show,
    look.check,
    look.diff,
    look.find,
    change.add,
    change.remove,
    rotation.rotate,
):
    bundle.add_command(_command)
