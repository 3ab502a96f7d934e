"""A health check of `conda doctor`: does pip in an environment trust its package indexes.

conda imports this module whenever it starts (entry points of the group `conda`), so certmend's
own modules are imported when the check runs. conda is there when it is imported, and only then.
The interface is that of conda/plugins/hookspec.py and types.py since conda 23.11 (#13186).
"""

from collections.abc import Iterator
from pathlib import Path

from conda.plugins import hookimpl
from conda.plugins.types import CondaHealthCheck

_SECONDS = 5.0
"""For each stage of a connection; the whole takes at most three times that."""


@hookimpl
def conda_health_checks() -> Iterator[CondaHealthCheck]:
    """The check, for `conda doctor` to run."""
    yield CondaHealthCheck(name="package-index-trust", action=check)


def check(prefix: str, verbose: bool) -> None:
    """Say what is wrong between the pip of the environment at `prefix` and its indexes.

    An error of certmend's own is a line of the report too: nothing is raised for it.
    """
    from conda.base import constants

    from certmend import api, terminal
    from certmend.errors import CertmendError
    from certmend.model.view import View

    good = getattr(constants, "OK_MARK", "ok:")  # conda's own marks stand there since 26.1
    bad = getattr(constants, "X_MARK", "fail:")
    python = _python(Path(prefix))
    if python is None:
        terminal.out(f"{good} There is no Python in this environment, so no pip to ask.\n")
        return
    try:
        report = api.report(api.gather(api.Request(python=str(python), timeout=_SECONDS)))
    except CertmendError as error:
        terminal.out(f"{bad} certmend could not ask pip: {error.message}\n")
        return
    if api.prevents_download(report):
        terminal.out(f"{bad} pip in this environment cannot rely on its package indexes:\n")
    else:
        terminal.out(f"{good} pip in this environment trusts its package indexes.\n")
    if report.findings:
        terminal.out(api.render(report, "text", View(quiet=not verbose)))


def _python(prefix: Path) -> Path | None:
    """The environment's interpreter; conda puts it there, on Windows beside `Scripts`."""
    places = (prefix / "bin" / "python", prefix / "python.exe")
    return next((place for place in places if place.exists()), None)
