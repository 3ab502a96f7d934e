"""An unexpected failure: a Markdown report in a file, ready for a bug report, without secrets."""

import os

from certmend import __version__
from certmend.model.text import redact
from certmend.model.url import secrets_in


def report(error: BaseException) -> tuple[str, str]:
    """Write the report; a message and a hint that names the file."""
    import platform
    import tempfile
    import traceback

    secrets = [secret for value in os.environ.values() for secret in secrets_in(value)]
    trace = "".join(traceback.format_exception(error, limit=40))
    content = (
        f"# certmend {__version__}: {type(error).__name__}\n\n"
        f"Python {platform.python_version()} on {platform.platform()}\n\n"
        f"```\n{redact(trace, secrets)}```\n"
    )
    message = f"certmend failed: {type(error).__name__}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="certmend-", suffix=".md", delete=False
        ) as file:
            file.write(content)
    except OSError:
        return message, "no report could be written; the temporary folder is not writable"
    return message, f"a report for the project is in {file.name}"
