"""Two contents of a file side by side, as a unified diff that is fit to be shown."""

from certmend.model.text import visible


def diff(old: bytes | None, new: bytes | None, path: str, names: tuple[str, str] = ("", "")) -> str:
    """A unified diff; None stands for a file that is not there. Empty for the same content."""
    import difflib

    before, after = (
        [
            "".join(c if c == "\t" else visible(c) for c in line)
            for line in (content or b"").decode("utf-8", "replace").splitlines()
        ]
        for content in (old, new)
    )
    was, becomes = (f"{path} ({name})" if name else path for name in names)
    was, becomes = ("/dev/null" if old is None else was, "/dev/null" if new is None else becomes)
    return "\n".join(difflib.unified_diff(before, after, was, becomes, lineterm=""))
