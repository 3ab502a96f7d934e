"""Command lines that a program takes as one text, to run them elsewhere or as somebody else.

Sources: runuser(1), scl(1), and the references of Vagrant's `ssh`, `gcloud compute ssh` and
Ansible's command line with its modules command, shell and raw.
"""

from collections.abc import Sequence

from certmend.model import lazy
from certmend.model.document import Word

SHELLS = frozenset(("sh", "bash", "dash", "ash", "zsh", "ksh", "busybox"))
_FLAGS = {
    "vagrant": ("-c", "--command"),
    "gcloud": ("--command",),
    "ansible": ("-a", "--args"),
    "runuser": ("-c", "--command", "--session-command"),
    "scl": (),
}
"""The option whose value is the command line, by program."""
_VERBS = {"vagrant": "ssh", "gcloud": "ssh", "scl": "enable"}
_MODULES = frozenset(("", "command", "shell", "raw"))
"""Ansible's modules that run what they are given; without a name it is `command`."""
_FRONT = 8
_OPTION = lazy.regex(r"[-+][a-zA-Z]*?(o?)|--(?:[a-z-]+)?")
"""An option of a shell; `-o` takes the next word."""


def script(words: Sequence[Word], names: Sequence[str]) -> Word | None:
    """The command line that a program is given as a text; None for other programs."""
    if _FLAGS.keys().isdisjoint(names):
        return None
    at = next((n for n, name in enumerate(names[:_FRONT]) if name in _FLAGS), -1)
    name, rest = names[at], words[at + 1 :]
    if at < 0 or (name in _VERBS and _VERBS[name] not in names[at + 1 : at + _FRONT]):
        return None
    if name == "scl":
        return rest[-1] if rest[-1].quoted and " " in rest[-1].text else None
    if name == "ansible":
        module = _value(rest, ("-m", "--module-name"))
        if module is not None and module.text.rpartition(".")[2] not in _MODULES:
            return None
    return _value(rest, _FLAGS[name])


def _value(words: Sequence[Word], flags: Sequence[str]) -> Word | None:
    """The value of an option: the next word, or what stands behind its `=`."""
    for number, word in enumerate(words):
        flag, equals, _ = word.text.partition("=")
        if word.text in flags:
            return words[number + 1] if number + 1 < len(words) else None
        if equals and flag in flags:
            return word.part(len(flag) + 1, len(word.text))
    return None


def command_string(words: Sequence[Word]) -> Word:
    """The script of a shell behind its `-c`: the first word that is no option (bash(1))."""
    at = 0
    while at + 1 < len(words) and (option := _OPTION.fullmatch(words[at].text)):
        at += 2 if option[1] and at + 2 < len(words) else 1
    return words[at]


def begin(names: Sequence[str]) -> int:
    """Where a shell's options may stand: `kubectl exec POD -c CONTAINER -- sh -c` has others."""
    if not {"su", "runuser"}.isdisjoint(names):
        return 0
    return next((number for number, name in enumerate(names) if name in SHELLS), 0)
