"""Shell scripts, and the start-up files of shells."""

from collections.abc import Iterable

from certmend.model.document import Entry, Role
from certmend.model.plugin import FileKind, Source
from certmend.observe.syntax import yaml_tree
from certmend.observe.syntax.config import in_order
from certmend.observe.syntax.shell import Shell


def read(source: Source) -> Iterable[Entry]:
    """Everything that the script does."""
    shell = Shell(source.scope)
    return in_order(shell.run(source.text), yaml_tree.comments(source.text))


SHELL = FileKind(
    name="shell",
    role=Role.SCRIPT,
    read=read,
    suffixes=(".sh", ".bash", ".zsh", ".ksh", ".command", ".bats", ".fish", ".csh"),
    names=(
        ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zshenv", ".zprofile", ".bash_aliases",
        ".*bash_*", "bashrc", "bash.bashrc", "profile", ".envrc", "postcreatecommand", "apprun",
        ".kshrc",
        ".bash_login", ".zlogin", ".xprofile", ".aliases", ".exports", ".cshrc", ".tcshrc",
        "_bashrc", "_profile", "_bash_profile", "_zshrc",
        "zshrc", "zshenv", "zprofile", "bash_profile", "bash_aliases",
    ),
    shebangs=("sh", "bash", "dash", "ash", "zsh", "ksh"),
)  # fmt: skip
FEATURE_SCRIPT = FileKind(name="feature-script", role=Role.IMAGE, read=read)
"""What installs a feature of a development container; told by the file beside it."""
