"""Where curl looks for its own file: the first that is there, and that alone.

Measured with strace on 7.88 (src/tool_findfile.c): with XDG_CONFIG_HOME set, `~/.config/curlrc`
is not looked for.
"""

from collections.abc import Mapping


def places(environment: Mapping[str, str], home: str) -> tuple[str, ...]:
    """The paths that it tries, in its order."""
    config = environment.get("XDG_CONFIG_HOME")
    named = (environment.get("CURL_HOME"), config, home)
    last = () if config else (f"{home}/.config/curlrc",)
    return (*(f"{folder}/.curlrc" for folder in named if folder), *last)
