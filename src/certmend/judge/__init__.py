"""Facts become findings: pure, without clock, file or network.

The package has the name of the library's function `certmend.judge`, and Python sets a package's
submodules as its attributes: once this one is imported, it stands where the function stood. So it
can be called, and does the same.
"""

import sys
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certmend.model.facts import Facts
    from certmend.model.finding import Finding


class _Callable(types.ModuleType):
    def __call__(self, facts: "Facts") -> "tuple[Finding, ...]":
        from certmend.judge import engine

        return engine.judge(facts)


sys.modules[__name__].__class__ = _Callable
