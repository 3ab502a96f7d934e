"""The keys under which the services' files hold scripts and variables, in lower case.

Sources: the reference of each service's file format.
"""

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
    r"environment[_-]?variables|variables)(?:\.(?:linux|osx|windows))?|vars_env"
)
"""Mappings and lists that hold variables of the environment, in lower case."""
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
TASKS = {"powershell": "powershell", "azurepowershell": "powershell", "pythonscript": "python"}
"""What runs the inline script of a task of Azure Pipelines; the others run a shell."""


def setting_of(key: str) -> str:
    """The variable of pip that a role's variable stands for; nothing for any other key."""
    if not key.islower() or not key.isidentifier():
        return ""
    return next((name for name, pattern in ROLE_VARIABLES if pattern.fullmatch(key)), "")
