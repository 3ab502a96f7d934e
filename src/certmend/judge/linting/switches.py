"""Every switch that turns verification off, by where it is written.

Which these are is measured for the Python clients; the others are from the references of git,
npm, yarn, conda, curl and wget, of MLflow, wandb, Prefect, webdriver-manager, ClearML, Neptune,
LiteLLM, Elastic's APM agent, Consul and the Google Cloud SDK.
"""

import itertools
import re
from collections.abc import Iterator

from certmend.judge.linting import git_switches, unknown_fetch
from certmend.judge.linting.hosts import host_of, is_loopback
from certmend.judge.linting.options import flags
from certmend.judge.linting.programs import Run
from certmend.judge.linting.reading import Reading
from certmend.model import address_switches, lazy, switch_names
from certmend.model.commandline import base_name
from certmend.model.document import Assignment, Command, How, Key, Span, Word

_OFF = frozenset(("false", "0", "no", "off", "n", "f", "none", "disabled", "'false'", "<false>"))
_ON = frozenset(("true", "1", "yes", "on", "y", "t"))
_VARIABLES = {
    "GIT_SSL_NO_VERIFY": (_ON, "git verifies no server"),
    "NODE_TLS_REJECT_UNAUTHORIZED": (frozenset(("0",)), "Node verifies no server"),
    "PYTHONHTTPSVERIFY": (frozenset(("0",)), "meant to switch Python's verification off"),
    "NPM_CONFIG_STRICT_SSL": (_OFF, "npm verifies no registry"),
    "YARN_STRICT_SSL": (_OFF, "yarn verifies no registry"),
    "YARN_ENABLE_STRICT_SSL": (_OFF, "yarn verifies no registry"),
    "CONDA_SSL_VERIFY": (_OFF, "conda verifies no channel"),
    "MAMBA_SSL_VERIFY": (_OFF, "mamba verifies no channel"),
    "MAMBA_NO_SSL_VERIFY": (_ON, "mamba verifies no channel"),
    "PDM_PYPI_VERIFY_SSL": (_OFF, "PDM verifies no index"),
    "PIPENV_VERIFY_SSL": (_OFF, "Pipenv verifies no index"),
    "HF_HUB_DISABLE_SSL_VERIFICATION": (_ON, "the hub's client verifies nothing"),
    "MLFLOW_TRACKING_INSECURE_TLS": (_ON, "MLflow verifies no server"),
    "WANDB_INSECURE_DISABLE_SSL": (_ON, "wandb verifies no server"),
    "PREFECT_API_TLS_INSECURE_SKIP_VERIFY": (_ON, "Prefect verifies no server"),
    "CLOUDSDK_AUTH_DISABLE_SSL_VALIDATION": (_ON, "gcloud verifies no server"),
    "NEPTUNE_ALLOW_SELF_SIGNED_CERTIFICATE": (_ON, "Neptune verifies no server"),
    "WDM_SSL_VERIFY": (_OFF, "drivers of browsers are fetched unverified"),
    "CLEARML_API_HOST_VERIFY_CERT": (_OFF, "ClearML verifies no server"),
    "LITELLM_VERIFY_SSL": (_OFF, "LiteLLM verifies no server"),
    "ELASTIC_APM_VERIFY_SERVER_CERT": (_OFF, "the agent verifies no server"),
    "CONSUL_HTTP_SSL_VERIFY": (_OFF, "Consul's clients verify no server"),
}
_OF_PROGRAMS = frozenset(("VAULT_SKIP_VERIFY", "NOMAD_SKIP_VERIFY"))
"""Variables that programs of other languages read as well: told where Python sets them."""
_OTHERS = frozenset(("DOCKER", "HF", "HUGGINGFACE"))
"""Whose variables are known by their whole names: no other one of theirs does anything."""
_WRITTEN = lazy.regex(r"[\w.-]+")
"""A value that is written out. git looks whether GIT_SSL_NO_VERIFY is set, not to what: measured
with 2.39.5, which verifies only where it is unset.
"""
_POETRY_VARIABLE = lazy.regex(r"POETRY_CERTIFICATES_\w+_CERT")
_INSTALLERS = lazy.regex(
    r"get-pip\.py|ez_setup\.py|bootstrap\.pypa\.io|pypi\.org|pypi\.python\.org|pythonhosted\.org|"
    r"python\.org/ftp|install\.python-poetry\.org|get-poetry\.py|install-poetry\.py|astral\.sh|"
    r"pyenv\.run|pyenv-installer|[Mm]iniconda|[Aa]naconda\d?-|[Mm]iniforge|[Mm]ambaforge|micromamba|"
    r"install-pdm\.py|pdm-project\.org|\.whl\b|get-pipenv|distribute_setup|/simple/|hatch\.pypa\.io|"
    r"python-build-standalone|/Python-\d|/[Pp]ython-?\d[\w.-]*\.(?:exe|msi|zip|pkg|tgz|tar)|virtualenv\.pyz|"
    r"repo\.(?:anaconda|continuum)\.|pip\.pypa\.io|rye\.astral|/uv/|/pypi/|/artifactory/api/pypi/|"
    r"raspberrypi/pip|setuptools-[\d.]+|/pip-[\d.]+|distribute-[\d.]+|python(?:brew|z)\b|"
    r"install[-_]?(?:python|conda|mamba|pip|poetry)\d?\b|(?:python|conda|mamba|pip|poetry)[-_]install"
)
_PUBLIC_INSTALLERS = lazy.regex(
    r"^https://(?:bootstrap\.pypa\.io|pypi\.org|files\.pythonhosted\.org|www\.python\.org|"
    r"install\.python-poetry\.org|astral\.sh|pyenv\.run|repo\.anaconda\.com|repo\.continuum\.io|"
    r"(?:raw\.githubusercontent|github)\.com)/"
)
_UNVERIFIED = "what Python is to run is fetched unverified"
_PYTHONS = lazy.regex(r"(?:python|pypy)[\d.]*|pip[\d.]*")

Switch = tuple[Span, str, Span | None]
"""Where it stands, what it does, and what to delete where that is safe."""


def of_variables(reading: Reading) -> Iterator[Switch]:
    """Each variable that switches verification off, unless it is for a command to this machine."""
    for entry in reading.variables:
        for switch in of_variable(entry):
            if not (entry.how is How.PREFIX and _is_for_this_machine(entry, reading)):
                yield switch


def _is_for_this_machine(entry: Assignment, reading: Reading) -> bool:
    """Whether the command that a variable stands in front of asks this machine alone."""
    return any(
        git_switches.asks_this_machine(command)
        for command in reading.commands
        if entry.value in command.environment.values() or entry.span.within(command.span)
    )


def of_variable(entry: Assignment) -> Iterator[Switch]:
    name, value = entry.name.upper(), entry.value.text.strip().strip("'\"").lower()
    if name == "CURL_CA_BUNDLE" and not value and not entry.value.dynamic:
        what = "an empty CURL_CA_BUNDLE: pip up to 22.1 and requests before 2.28 verify nothing"
        yield entry.span, what, None
    elif name == "GIT_SSL_NO_VERIFY" and value and value not in _ON and _WRITTEN.fullmatch(value):
        yield entry.span, f"{entry.name}={value}: git verifies no server, whatever the value", None
    elif name in _VARIABLES and value in _VARIABLES[name][0]:
        harmless = name == "PYTHONHTTPSVERIFY"
        what = f"{entry.name}={value}: {_VARIABLES[name][1]}"
        yield entry.span, what, entry.removal if harmless else None
    elif _POETRY_VARIABLE.fullmatch(name) and value in _OFF:
        yield entry.span, f"{entry.name}={value}: meant to switch Poetry's verification off", None
    elif entry.how is How.CODE and _says_so(name, value):
        yield entry.span, f"{entry.name}={value}: its clients verify no server", None
    elif "=" in value and address_switches.is_address(text := entry.value.text.strip("'\" ")):
        found = address_switches.switch_in(text)
        if found and not is_loopback(host_of(found[1])):
            yield entry.span, f"{found[0]} in {entry.name}: the server is not verified", None


def _says_so(name: str, value: str) -> bool:
    """Whether the name of a variable says that its clients verify nothing with this value.

    A Python program sets it for what it is to ask; in a file of variables it may be anybody's.
    """
    if name in _VARIABLES or name.partition("_")[0] in _OTHERS:
        return False
    turned = True if name in _OF_PROGRAMS else switch_names.turned_by(name.lower())
    return turned is not None and value in (_ON if turned else _OFF)


def of_numbered(reading: Reading) -> Iterator[Switch]:
    """`GIT_CONFIG_KEY_0=http.sslVerify` with `GIT_CONFIG_VALUE_0=false` (git-config(1))."""
    values = {entry.name.upper(): entry.value.text.lower() for entry in reading.variables}
    for entry in reading.variables:
        number = entry.name.upper().removeprefix("GIT_CONFIG_KEY_")
        key = entry.value.text
        named = number.isdigit() and key.lower().endswith("sslverify")
        named = named and not git_switches.is_key_of_this_machine(key)
        if named and values.get(f"GIT_CONFIG_VALUE_{number}", "") in _OFF:
            yield entry.span, f"{entry.value.text} off: git verifies no server", None


def of_key(key: Key) -> Iterator[Switch]:
    """A key of a configuration file that switches verification off."""
    path = [part.lower().replace("-", "_") for part in key.path]
    value = key.values[0].text.strip().lower() if key.values else ""
    if key.client == "curl" and key.path[-1] in _CURL:
        yield key.span, f"{key.path[-1]}: {_CURL[key.path[-1]]}", None
    name = path[-1] if path else ""
    if key.client == "git" and git_switches.is_of_this_machine(key.path):
        return
    if (found := _KEYS.get((key.client, name))) and value in found[0]:
        yield key.span, f"{key.path[-1]} = {value}: {found[1]}", None
    elif name in ("verify_ssl", "ssl_verify") and value in _OFF and _is_of_index(key.client, path):
        yield key.span, f"{key.path[-1]} = {value}: this index is not verified", None
    elif key.client in ("poetry", "pyproject") and path[-3:-2] == ["certificates"]:
        if name == "cert" and value in _OFF:
            yield key.span, f"{'.'.join(key.path)} = {value}: Poetry verifies nothing of it", None
    elif key.client == "ansible" and value in _OFF and _is_for_python(key):
        yield key.span, "validate_certs off: a Python installer is fetched unverified", None


def _is_of_index(client: str, path: list[str]) -> bool:
    """Whether a key is that of an index: in pyproject.toml any tool may have one of its name."""
    if client != "pyproject":
        return client in _TOML
    return path[:2] == ["tool", "pdm"] or not _SOURCES.isdisjoint(path[2:-1])


def _is_for_python(key: Key) -> bool:
    """Whether a task fetches an installer of Python's: by its address, else by what it becomes."""
    address, target = (*(word.text for word in key.values[1:3]), "", "")[:2]
    named = "{{" in address and _INSTALLED_AS.search(target)
    is_here = is_loopback(host_of(address))
    return bool(_INSTALLERS.search(address) or named) and not is_here


_INSTALLED_AS = lazy.regex(
    r"(?:get-pip|ez_setup|get-poetry|install-poetry)\.py$|\.whl$|"
    r"(?:conda|mamba|miniforge|mambaforge)[\w.-]*\.sh$",
    re.IGNORECASE,
)
_CURL = {
    "insecure": "curl verifies no server",
    "k": "curl verifies no server",
    "proxy-insecure": "curl does not verify its proxy",
    "doh-insecure": "curl does not verify the server it asks for names",
}
_TOML = frozenset(("pipenv", "pdm", "poetry", "hatch"))
_SOURCES = frozenset(("source", "sources", "pypi"))
"""Tables of indexes: PDM's, and those of other tools in pyproject.toml that are called so."""
_KEYS = {
    ("conda", "ssl_verify"): (_OFF, "conda verifies no channel"),
    ("npm", "strict_ssl"): (_OFF, "npm verifies no registry"),
    ("npm", "enablestrictssl"): (_OFF, "yarn verifies no registry"),
    ("git", "sslverify"): (_OFF, "git verifies no server"),
    ("wget", "check_certificate"): (_OFF, "wget verifies no server"),
}


def of_run(run: Run, reading: Reading) -> Iterator[Switch]:
    """A command that switches verification off, for itself or from now on."""
    method = _RUNS.get(run.client)
    if method is not None:
        yield from method(run, reading)


def _words(run: Run) -> list[str]:
    return [word.text for word in run.arguments]


def _setting(run: Run, names: tuple[str, ...], off: frozenset[str]) -> Span | None:
    """The place of `NAME VALUE` or `NAME=VALUE` among a command's words."""
    arguments = run.arguments
    for number, word in enumerate(arguments):
        name, equals, value = word.text.partition("=")
        key = name.lower().lstrip("-").replace("_", "-")
        if key not in names:
            continue
        if equals:
            if value.strip("'\"").lower() in off:
                return word.span
        elif number + 1 < len(arguments):
            following = arguments[number + 1]
            if following.text.lower() in off:
                return Span(word.span.start, following.span.end)
    return None


def _git(run: Run, _reading: Reading) -> Iterator[Switch]:
    for span, shown in git_switches.switched_off(run, _OFF):
        yield span, f"{shown}: git verifies no server", None


def _npm(run: Run, _reading: Reading) -> Iterator[Switch]:
    if span := _setting(run, ("strict-ssl", "enablestrictssl"), _OFF):
        yield span, f"strict-ssl off: {run.client} verifies no registry", None
    for word in run.arguments:
        if word.text == "--no-strict-ssl":
            yield word.span, f"{word.text}: npm verifies no registry", None


def _conda(run: Run, _reading: Reading) -> Iterator[Switch]:
    if span := _setting(run, ("ssl-verify",), _OFF):
        yield span, "ssl_verify off: conda verifies no channel", None
    for word in run.arguments:
        if word.text in ("--insecure", "-k") and run.verb in ("install", "create", "update", "env"):
            yield word.span, f"conda {word.text}: no channel is verified", None


def _poetry(run: Run, _reading: Reading) -> Iterator[Switch]:
    words = run.arguments
    for name, value in itertools.pairwise(words):
        if re.fullmatch(r"certificates\..+\.cert", name.text) and value.text.lower() in _OFF:
            span = Span(name.span.start, value.span.end)
            yield span, f"{name.text} {value.text}: Poetry verifies nothing of it", None


def _pdm(run: Run, _reading: Reading) -> Iterator[Switch]:
    words = run.arguments
    for name, value in itertools.pairwise(words):
        if name.text.endswith("verify_ssl") and value.text.lower() in _OFF:
            span = Span(name.span.start, value.span.end)
            yield span, f"{name.text} {value.text}: PDM verifies no index", None
    for word in words:
        if word.text == "--no-verify-ssl":
            yield word.span, "--no-verify-ssl: PDM does not verify this index", None


def _fetch(run: Run, reading: Reading) -> Iterator[Switch]:
    """Curl and wget, when what they fetch is a Python installer or package."""
    switch = next((word for word in run.arguments if _is_switch(run.client, word.text)), None)
    urls = [word for word in run.arguments if _is_url(word)]
    if switch is None or (urls and all(is_loopback(host_of(word.text)) for word in urls)):
        return
    if not urls:
        if unknown_fetch.is_pythons(run, _INSTALLERS):
            yield switch.span, f"{run.client} {switch.text}: {_UNVERIFIED}", None
        return
    if not (any(_INSTALLERS.search(word.text) for word in urls) or _feeds_python(run, reading)):
        return
    removal = None
    option = next((o for o in flags(run) if switch.span in (o.anchor, o.span)), None)
    public = all(_PUBLIC_INSTALLERS.match(word.text) for word in urls)
    if public and option is not None and switch.text in _WHOLE:
        removal = option.removal
    yield switch.span, f"{run.client} {switch.text}: {_UNVERIFIED}", removal


_CALLBACK = lazy.regex(r"ServerCertificateValidationCallback|::CertificatePolicy", re.IGNORECASE)
_ADDRESS = lazy.regex(r"https?://\S+")


def callbacks(reading: Reading) -> Iterator[tuple[int, Command]]:
    """Where .NET's check of certificates is replaced, with the number of the command."""
    for number, command in enumerate(reading.commands):
        texts = [word.text.lower() for word in command.words]
        if texts and _CALLBACK.search(texts[0]) and "$null" not in texts:
            yield number, command


def of_callbacks(reading: Reading) -> Iterator[Switch]:
    """.NET's check of certificates is replaced, and a Python installer is fetched after it."""
    for number, command in callbacks(reading):
        after = itertools.takewhile(
            lambda one: not one.words or not _CALLBACK.search(one.words[0].text),
            reading.commands[number + 1 :],
        )
        later = (word.text for one in after for word in one.words)
        if any(_ADDRESS.match(text) and _INSTALLERS.search(text) for text in later):
            what = "the check of certificates is replaced: a Python installer is fetched unverified"
            yield command.span, what, None


_SAVING = frozenset(("-o", "-O", "--output", "--output-document", "-OutFile"))
_WHOLE = frozenset(("-k", "--insecure", "--no-check-certificate"))
_TOOL_SWITCHES = {
    "curl": re.compile(r"--insecure|-[a-zA-Z#]*k[a-zA-Z]*"),
    "wget": re.compile(r"--no-check-\w+"),  # getopt takes any beginning of an option
    "powershell": re.compile(r"-SkipCertificateCheck", re.IGNORECASE),
    "httpie": re.compile(r"--verify=(?:no|false)", re.IGNORECASE),
}
_CURL_VALUED = lazy.regex(r"-[a-zA-Z#]*?[oHudXAexEmbcwTF].*k")


def _is_switch(client: str, text: str) -> bool:
    if client == "curl" and _CURL_VALUED.fullmatch(text):
        return False  # the letters after one that takes a value are that value
    return bool(_TOOL_SWITCHES[client].fullmatch(text))


def _is_url(word: Word) -> bool:
    return "://" in word.text or bool(re.match(r"[\w-]+(?:\.[\w-]+)+/", word.text))


def _feeds_python(run: Run, reading: Reading) -> bool:
    """Whether what was fetched goes to Python: through a pipe, or as a file run later."""
    if _runs_input(run.command.into):
        return True
    named = [word.text.rsplit("/", 1)[-1].split("?")[0] for word in run.arguments]
    names = {name for name in named if name.endswith((".py", ".whl", ".pyz")) and name[0] != "-"}
    names |= {to for flag, to in itertools.pairwise(named) if flag in _SAVING and to[:1] != "-"}
    last = max((reading.given_to_python.get(base_name(name), -1) for name in names), default=-1)
    return last > run.command.span.start


def _runs_input(words: tuple[str, ...]) -> bool:
    """Whether a command runs what comes in: with `-c` or `-m` it is what Python's code reads."""
    at = next((n for n, w in enumerate(words[:4]) if _PYTHONS.fullmatch(w.rsplit("/", 1)[-1])), -1)
    own_code = at >= 0 and words[at + 1 : at + 2] in (("-c",), ("-m",))
    return at >= 0 and (not own_code or "exec(" in " ".join(words))


_RUNS = {
    "git": _git, "npm": _npm, "yarn": _npm, "conda": _conda, "poetry": _poetry, "pdm": _pdm,
    "curl": _fetch, "wget": _fetch, "powershell": _fetch, "httpie": _fetch,
}  # fmt: skip
