"""Command lines: which program really runs behind the wrappers in front of it."""

from collections.abc import Sequence
from functools import lru_cache

from certmend.model import lazy

_PLAIN = frozenset(
    (
        "exec",
        "time",
        "command",
        "builtin",
        "nohup",
        "eatmydata",
        "travis_retry",
        "retry",
        "winpty",
        "call",
        "then",
        "do",
        "else",
        "!",
        "&",
        "xvfb-run",
        "stdbuf",
        "setsid",
        "unbuffer",
        "catchsegv",
        "sudo",
        "doas",
        "env",
        "xargs",
        "nice",
        "ionice",
        "timeout",
        "gosu",
        "su-exec",
        "chroot",
        "runuser",
        "setpriv",
        "chronic",
        "ts",
        "tini",
        "dumb-init",
        "pwsh",
        "@",
        "-",
        "travis_wait",
        "scl",
        "sshpass",
        "setuser",
        "chpst",
        "proxychains",
        "proxychains4",
        "torsocks",
        "faketime",
        "arch",
        "wsl",
        "cross-env",
        "cross-env-shell",
    )
)
_VALUED = {
    "sudo": ("-u", "-g", "-h", "-p", "-C", "-r", "-t", "--user", "--group"),
    "doas": ("-u", "-C"),
    "env": ("-u", "-C", "-S", "--unset", "--chdir"),
    "xargs": ("-n", "-I", "-P", "-L", "-d", "-a", "-s", "-E"),
    "nice": ("-n",),
    "ionice": ("-c", "-n", "-p"),
    "timeout": ("-s", "-k", "--signal", "--kill-after"),
    "runuser": ("-u", "-g", "-G"),
    "stdbuf": ("-i", "-o", "-e"),
    "exec": ("-a",),
    "sshpass": ("-p", "-f", "-d", "-P"),
}
_OPERANDS = {"timeout": 1, "gosu": 1, "su-exec": 1, "chroot": 1, "setuser": 1, "faketime": 1}
"""How many arguments of its own stand before the command."""
_RUNNERS = {
    ("poetry", "run"), ("pipenv", "run"), ("pdm", "run"), ("uv", "run"), ("rye", "run"),
    ("hatch", "run"), ("conda", "run"), ("mamba", "run"), ("micromamba", "run"), ("pixi", "run"),
}  # fmt: skip
_RUNNER_VALUED = frozenset(
    (
        "-n",
        "--name",
        "-p",
        "--prefix",
        "--with",
        "--extra",
        "--group",
        "--python",
        "-e",
        "--env",
        "--project",
        "--directory",
        "-C",
        "--cwd",
        "-s",
        "--session",
    )
)
_CARRIERS = frozenset(
    ("docker", "podman", "nerdctl", "kubectl", "oc", "docker-compose", "podman-compose")
)
"""What runs a command in a container."""
_ENV = frozenset(("env", "/usr/bin/env", "/bin/env", "sudo"))
_SSH_VALUED = tuple(f"-{letter}" for letter in "BbcDEeFIiJLlmOopQRSWw")
_ASSIGNED = lazy.regex(r"[A-Za-z_]\w*=")


@lru_cache(1024)  # of a few programs, asked many times
def base_name(word: str) -> str:
    """The name of the program that a word names: no folder, no `.exe`, lower case."""
    return word[max(word.rfind("/"), word.rfind("\\")) + 1 :].lower().removesuffix(".exe")


_WRAPPER = lazy.regex(r"(?:run|exec|execute|try|retry|safe|must|quietly)_\w+|execute|retry\w*")
_COMMAND = lazy.regex(r"[a-z][\w.+/-]*")


def program_at(words: Sequence[str]) -> int:
    """The index of the program that runs in the end: behind `sudo -u x env A=b timeout 5`."""
    at = 0
    while at < len(words):
        name = base_name(words[at])
        if name in _PLAIN or _wraps(name, words[at + 1 : at + 2]):
            at = _behind(words, at + 1, _VALUED.get(name, ()), _OPERANDS.get(name, 0))
        elif at + 1 < len(words) and (name, words[at + 1]) in _RUNNERS:
            at = _behind(words, at + 2, _RUNNER_VALUED, 0)
        elif _ASSIGNED.match(words[at]):
            at += 1
        else:
            return at
    return max(len(words) - 1, 0)


def given(words: Sequence[str]) -> list[int]:
    """Where the words stand that give variables to the program: behind `sudo`, `timeout 5 env`.

    What a container or another machine is told to run is looked into as well. Sources: sudo(8),
    env(1), ssh(1).
    """
    if len(words) < 3:
        return []
    at = program_at(words)
    name = base_name(words[at])
    end = at
    if name == "ssh":
        at = _behind(words, at + 1, _SSH_VALUED, 1)
        end = at + program_at(words[at:])
    elif name in _CARRIERS:
        at = _env_in(words, at + 2)
        end = at + program_at(words[at:])
    else:  # what stands in front of all is the shell's own business
        at = next((n for n in range(at) if not _ASSIGNED.match(words[n])), at)
    return [number for number in range(at, end) if _ASSIGNED.match(words[number])]


def _env_in(words: Sequence[str], at: int) -> int:
    """Where `env` begins what a container runs; the end of the words where it does not."""
    for place in range(at, len(words)):
        before = words[place - 1]
        if words[place] in _ENV and (before == "--" or not before.startswith("-")):
            return place
    return len(words)


def _wraps(name: str, following: Sequence[str]) -> bool:
    """Whether a name is that of somebody's own function which runs what follows."""
    return bool(_WRAPPER.fullmatch(name)) and any(_COMMAND.fullmatch(word) for word in following)


def _behind(words: Sequence[str], at: int, valued: Sequence[str] | frozenset[str], own: int) -> int:
    """The index after a wrapper's options and its own operands."""
    while at < len(words):
        if words[at] == "--":
            at += 1
            break
        if _ASSIGNED.match(words[at]):
            at += 1
        elif words[at].startswith("-") and len(words[at]) > 1:
            at += 2 if words[at] in valued else 1
        else:
            break
    return at + own
