"""certmend: why pip does not trust a package index, and what to do about it.

The library's functions are those of `certmend.api`, loaded when they are first asked for.
"""

TYPE_CHECKING = False  # `typing` takes 5 ms; what is to be started first is started before
if TYPE_CHECKING:
    from certmend.api import (
        Request,
        apply,
        config,
        gather,
        judge,
        propose,
        render,
        render_config,
        report,
        undo,
    )
    from certmend.explanations import explain

__version__ = "0.1.0"
__all__ = [
    "Request",
    "__version__",
    "apply",
    "config",
    "explain",
    "gather",
    "judge",
    "propose",
    "render",
    "render_config",
    "report",
    "undo",
]


def __getattr__(name: str) -> object:
    if name == "explain":
        from certmend import explanations

        return explanations.explain
    if name in __all__:
        from certmend import api

        return getattr(api, name)
    raise AttributeError(f"module 'certmend' has no attribute {name!r}")
