"""Whether a `.dockerignore` keeps a file out of the build context.

moby/patternmatcher: patterns start at the context's top, `*` stops at a slash, `**` does not, a
folder that matches takes its content along, `!` takes back, and the last that matches decides.
"""

import re


def excluded(path: str, text: str) -> bool:
    """Whether the file of that path, relative to the context, does not reach the build."""
    out = False
    parts = path.split("/")
    places = ["/".join(parts[: number + 1]) for number in range(len(parts))]
    for line in text.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        back = pattern.startswith("!")
        found = _compiled(_clean(pattern.removeprefix("!")))
        if any(found.fullmatch(place) for place in places):
            out = not back
    return out


def _clean(pattern: str) -> str:
    kept = [part for part in pattern.strip().split("/") if part not in ("", ".")]
    return "/".join(kept)


def _compiled(pattern: str) -> re.Pattern[str]:
    made = ""
    at = 0
    while at < len(pattern):
        if pattern.startswith("**", at):
            slash = pattern.startswith("**/", at)
            made += "(?:.*/)?" if slash else ".*"
            at += 3 if slash else 2
            continue
        character = pattern[at]
        close = pattern.find("]", at + 1)
        if character == "[" and close > at:
            made += pattern[at : close + 1].replace("[!", "[^")
            at = close
        elif character == "\\" and at + 1 < len(pattern):
            at += 1
            made += re.escape(pattern[at])
        else:
            made += {"*": "[^/]*", "?": "[^/]"}.get(character) or re.escape(character)
        at += 1
    try:
        return re.compile(made)
    except re.error:
        return re.compile(r"(?!)")
