"""Values that are made when a file runs: `$(echo $URL | cut -d/ -f3)`, `${URL#https://}`.

The words of such a substitution are a program's, not those of its result. Where a host is taken
from a URL, the URL is what it reads. Sources: POSIX.1-2017, Shell Command Language, 2.6.2 and
2.6.3; GNU make, "Functions for Transforming Text" and "The shell Function".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from certmend.model import lazy

if TYPE_CHECKING:
    from certmend.judge.linting.options import Option
    from certmend.judge.linting.reading import Reading

COMMAND = r"\$\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)|`[^`]*`"
"""What a command prints, or a function of make; three deep, as `$(word 3,$(subst /, ,$(URL)))`."""
EXPRESSION = (
    r"\$?\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|<%.{0,1000}?%>|" + COMMAND + "|"
    r"\$?\{(?:[^{}]|\{[^{}]*\})*\}|\$\[(?:[^\[\]]|\[[^\[\]]*\])*\]|"
    r"<<[^<>\n]{1,200}>>|__[A-Z][A-Z0-9_]{1,100}__|"
    r"\[\[.{0,1000}?\]\]|\(\([^()]*\)\)|%[A-Za-z_]\w*(?::[^%\n]*)?%|ENC\[[^\[\]]*\]"
)
"""What a template or a pipeline puts a value for; SOPS's encrypted values too.

Jinja, Go, GitHub, ERB; shells, Terraform, Groovy and Python's f-strings; Azure Pipelines; CircleCI;
names that `sed` replaces; Consul's and Nomad's templates; Concourse; batch files.
"""
_ANY = lazy.regex(EXPRESSION, re.DOTALL)
_PARTS = lazy.regex(r"(?:" + EXPRESSION + r"|[^,])+", re.DOTALL)
_STORED = lazy.regex(r"(?!https?:)[a-z][a-z0-9+.-]*://\S+|(?:[a-z0-9]+\+)?vault:\S+", re.IGNORECASE)
"""The name of a value in a store of secrets: `op://`, `ref+vault://`, `vault:path#key`."""
_CUT = lazy.regex(COMMAND + r"|\$\{\w+(?:[#%/]|:\d)[^{}]*\}")
"""All of a value is printed by a command, or is cut out of a variable."""
_URL = lazy.regex(r"https?://(?:[^/@\s'\"|]*@)?[A-Za-z0-9][\w.-]*(?=[/:\s'\",)]|$)")
_CUTS = lazy.regex(
    r"\b(?:sed|awk|gawk|cut|grep|perl|python\d?|urlparse|subst|patsubst|notdir|expr)\b|\w[#%/]"
)
"""What takes a part out of a text: programs, functions of make, and the shell's own patterns."""
_ADDRESS_NAME = lazy.regex(
    r"(?:^|_)(?:url|uri|index|registry|endpoint)s?(?:_|$)|ur[li]$", re.IGNORECASE
)
_FIELD = lazy.regex(r"\{(?:\w+\.)*(?P<name>\w+)\.hostname\}")
"""The host of an address, as a Python program takes it out."""
_FINDS = lazy.regex(
    r"(?:\$\(|`)\s*(?:sudo\s+)?(?:/\S*/)?"
    r"(?P<program>ip|ifconfig|docker|podman|getent|dig|nslookup|kubectl|oc|minikube|terraform)\s"
)
_READ = lazy.regex(r"\$[({]*(\w+)")


def without(text: str) -> str:
    """A value with a mark for each expression in it; none is left of what is kept elsewhere."""
    return "" if _STORED.fullmatch(text) else _ANY.sub("?", text)


def is_expression(text: str) -> bool:
    """Whether nothing of a value is written out."""
    text = text.strip("\"'")
    return not _ANY.sub("", text) or _STORED.fullmatch(text) is not None


def parts(text: str) -> list[str]:
    """What commas part in a value; those inside an expression are its own."""
    return _PARTS.findall(text) if "," in text else [text]


def is_whole(text: str) -> bool:
    """Whether all of a value is substituted by a command, or cut out of a variable's value."""
    text = text.strip("\"'")
    return text[:1] in ("$", "`") and _CUT.fullmatch(text) is not None


def address(text: str, option: Option, reading: Reading) -> str:
    """The URL that a substitution reads, else the one of the same call; empty when unknown."""
    if match := _URL.search(text):
        return match.group()
    for name in dict.fromkeys(match[1] for match in _READ.finditer(text)):
        if held := reading.addresses.get(name):
            return held[max(bisect_left(held, (option.span.start, "")) - 1, 0)][1]
    return reading.indexes_of_runs.get(id(option.run), "") if option.run is not None else ""


def reads(text: str, name: str) -> bool:
    """Whether a substitution reads a variable."""
    return any(match[1] == name for match in _READ.finditer(text))


def address_read(text: str, reading: Reading) -> str:
    """The variable, by its name one of an address, that a host is cut out of; else empty."""
    if match := _FIELD.fullmatch(text):
        return match["name"] if _ADDRESS_NAME.search(match["name"]) else ""
    if not is_whole(text) or not _CUTS.search(text):
        return ""
    names = [match[1] for match in _READ.finditer(text)]
    names += [match[1] for name in names for match in _READ.finditer(reading.made.get(name, ""))]
    return next((name for name in names if _ADDRESS_NAME.search(name)), "")


def printed_by(text: str) -> str:
    """The program that finds a host out where a file runs: `$(ip route | awk ...)`; else empty.

    What reads a setting somebody made (`cat`, `jq`) is none of them.
    """
    match = _FINDS.match(text.strip("\"'"))
    return match["program"] if match and is_whole(text) else ""


def address_in(text: str) -> str:
    """The URL of a known host that a value begins with; empty where there is none."""
    match = _URL.match(text)
    return match.group() if match else ""
