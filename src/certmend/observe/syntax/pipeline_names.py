"""The keys under which the services' files hold scripts and variables, in lower case.

Sources: the reference of each service's file format.
"""

import re

from certmend.model import lazy

BEFORE = ("before_install", "before_script", "install", "onbeforescript")
SCRIPTS = frozenset(
    (
        *BEFORE,
        "run",
        "script",
        "after_script",
        "bash",
        "sh",
        "commands",
        "cmds",
        "runcmd",
        "bootcmd",
        "before_deploy",
        "after_success",
        "after_failure",
        "test_script",
        "build_script",
        "before_build",
        "inlinescript",
        "postcreatecommand",
        "oncreatecommand",
        "poststartcommand",
        "updatecontentcommand",
        "initializecommand",
        "postattachcommand",
        "pre_build",
        "build",
        "post_build",
        "pre_install",
        "post_install",
        "init",
        "pre",
        "post",
        "setup",
        "deploy",
        "shell",
        "ansible.builtin.shell",
        "ansible.builtin.command",
        "raw",
        "cmd",
        "command",
        "win_shell",
        "ansible.windows.win_shell",
        "before_test",
        "after_build",
        "create_environment",
        "post_create_environment",
        "post_checkout",
        "post_system_dependencies",
        "script_lines",
        "pre_create_environment",
        "test",
        "lint",
        "start",
        "prebuild",
        "exec",
        "arguments",
        "inline",
        "dev",
    )
)
POWERSHELL = frozenset(("pwsh", "powershell", "ps", "win_shell", "ansible.windows.win_shell"))
ARGV = frozenset(("command", "args", "entrypoint", "cmd", "test", "exec"))
VARIABLES = lazy.regex(
    r"(?:.*[a-z0-9_.-])?(?:env|envs|env[_-]?vars?|env[_-]?variables|environments?|"
    r"environment[_-]?(?:variables|vars)|variables)(?:\.(?:linux|osx|windows))?|vars_env"
)
"""Mappings and lists that hold variables of the environment, in lower case."""
CLIENTS = lazy.regex(
    r"PIP_(?:TRUSTED_HOST|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS)|PDM_PYPI_(?:URL|VERIFY_SSL)|"
    r"UV_(?:INSECURE_HOST|INDEX_URL|EXTRA_INDEX_URL|DEFAULT_INDEX|INDEX|FIND_LINKS)|"
    r"PIPENV_(?:PYPI_MIRROR|VERIFY_SSL)|GIT_SSL_NO_VERIFY|NODE_TLS_REJECT_UNAUTHORIZED|"
    r"PYTHONHTTPSVERIFY|NPM_CONFIG_STRICT_SSL|YARN_(?:ENABLE_)?STRICT_SSL|CONDA_SSL_VERIFY|"
    r"MAMBA_(?:NO_)?SSL_VERIFY|HF_HUB_DISABLE_SSL_VERIFICATION|CURL_CA_BUNDLE"
)
"""Variables of clients that nobody means anything else by: values of a chart, secrets, settings.

A chart or a template hands them on, whatever it calls the mapping around them.
"""
TEXTS = frozenset(
    (
        "annotations", "labels", "label", "description", "example", "examples", "placeholder",
        "help", "note", "notes", "title", "enum", "allowedvalues",
    )
)  # fmt: skip
"""Keys whose texts are for people, or for no program that fetches anything."""
LISTS = frozenset(("literals",))
"""Lists of `NAME=value` that become variables: Kustomize's generators."""
ROLE_VARIABLES = (
    ("PIP_EXTRA_INDEX_URL", lazy.regex(r"(?:\w+_)?(?:pip|pypi)_extra_index(?:_url)?")),
    ("PIP_INDEX_URL", lazy.regex(r"(?:\w+_)?(?:pip|pypi)_index(?:_url)?")),
    ("PIP_TRUSTED_HOST", lazy.regex(r"(?:\w+_)?(?:pip|pypi)_trusted_hosts?")),
)
"""What Ansible's roles call the settings that their templates of a pip.conf take."""
BUILD_ARGS = frozenset(("build-args", "build_args", "buildargs"))
OBJECTS = lazy.regex(r"[a-z]+command")
"""Scripts that may be a mapping of scripts: the life cycle of a devcontainer."""
LIFE_CYCLE = lazy.regex(
    r"(?:initialize|oncreate|updatecontent|postcreate|poststart|postattach)command"
)
"""Scripts of a devcontainer: a list is the words of one command."""
LISTED = frozenset(("runcmd", "bootcmd"))
"""Scripts whose items may be lists: each is the words of one command (cloud-init)."""
OF_ALL = frozenset(("variables", "env", "steps", "write_files"))
"""What stands at the top of a file and is of no job of its own."""
TASKS = {"powershell": "powershell", "azurepowershell": "powershell", "pythonscript": "python"}
"""What runs the inline script of a task of Azure Pipelines; the others run a shell."""


SITE = lazy.regex(
    r"(?:^|[/\\])(?:_config|(?:_data|_?i18n|locales?|translations)[/\\][^/\\]*)\.ya?ml$",
    re.IGNORECASE,
)
"""Texts and settings of a web site or a user's interface, by the path of their file.

Sources: Jekyll, "Configuration" and "Data Files"; where Rails and Vue keep translations.
"""
VARIABLES_FILE = lazy.regex(
    r"(?:^|[/\\])(?:group_vars|host_vars|defaults|vars)[/\\](?:[^/\\]+[/\\]){0,4}[^/\\]+$"
)
"""A file of Ansible's variables, by its path."""
_INDEX_KEY = lazy.regex(
    r"(?:\w+_)?(?:pip3?|pypi)_(?:\w+_)?(?:index|url|mirror|repo|repository)(?:_(?:url|uri))?",
    re.IGNORECASE,
)
_OTHER_KEY = lazy.regex(r"get_pip|proxy|download|install|wheel|package|version", re.IGNORECASE)
_INDEX_URL = lazy.regex(r"http://[^/]+/(?:.*/)?(?:simple/?$|pypi/)", re.IGNORECASE)
"""The paths that registries give to their indexes of Python packages."""
_FILE_URL = lazy.regex(
    r"\.(?:py|gz|tgz|bz2|xz|zip|whl|rpm|deb|json|txt|crt|pem)(?:[?#].*)?$", re.IGNORECASE
)


def setting_of(key: str, value: str = "", *, defined: bool = False) -> str:
    """The variable of pip that a role's variable stands for; nothing for any other key.

    Where Ansible's variables are `defined`, one is known by its value as well: a URL of plain HTTP
    that is evidently a Python index.
    """
    if not key.isidentifier():
        return ""
    if key.islower():
        found = next((name for name, pattern in ROLE_VARIABLES if pattern.fullmatch(key)), "")
        if found:
            return found
    is_index = defined and value[:7].lower() == "http://" and not _FILE_URL.search(value)
    named = _INDEX_KEY.fullmatch(key) and not _OTHER_KEY.search(key)
    return "PIP_INDEX_URL" if is_index and (named or _INDEX_URL.match(value)) else ""
