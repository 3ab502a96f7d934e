"""The blocks of a Jenkinsfile: in which of them a variable holds, and which lie around a step."""

import bisect
import re

from certmend.model import lazy

_STRING = lazy.regex(
    r"'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL
)
_BRACE = lazy.regex(r"(?:\benvironment\s*)?\{|\}")
_DEPTH_LIMIT = 50

Path = tuple[str, ...]
"""The blocks around a place, from the outermost in: where each begins."""


class Blocks:
    """The blocks of a text without comments."""

    def __init__(self, text: str) -> None:
        plain = _STRING.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
        self.plain = plain
        self._starts = [0]
        self._paths: list[Path] = [()]
        self._declaring: set[str] = set()
        """The blocks of `environment`: what they set holds in the block around them."""
        path: Path = ()
        beyond = 0
        for match in _BRACE.finditer(plain):
            if match.group() == "}":
                path, beyond = (path, beyond - 1) if beyond else (path[:-1], 0)
            elif len(path) < _DEPTH_LIMIT:
                path = (*path, str(match.end()))
                if match.group() != "{":
                    self._declaring.add(path[-1])
            else:
                beyond += 1
            self._starts.append(match.end())
            self._paths.append(path)

    def around(self, at: int) -> Path:
        """The blocks around a place."""
        return self._paths[bisect.bisect_right(self._starts, at) - 1]

    def declared(self, at: int) -> Path | None:
        """Where a variable holds that is set in a block of `environment`; None elsewhere."""
        path = self.around(at)
        return path[:-1] if path and path[-1] in self._declaring else None

    def behind(self, at: int) -> Path:
        """The block that begins next: the body of `withEnv([...])`."""
        start = self.plain.find("{", at)
        return self.around(start + 1) if start >= 0 else self.around(at)
