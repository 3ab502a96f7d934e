"""`make demo`: a private index with an internal CA; pip fails, certmend says why and mends it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from certmend import terminal
from certmend.lab.front import Front
from certmend.lab.pki import Authority
from certmend.lab.registry import Registry, pypi
from certmend.lab.wheels import BILLING, LEDGER

DOWNLOAD = ["pip", "download", "--no-deps", "--dest", "files", "billing"]
STEPS = (
    (DOWNLOAD, 1),
    (["certmend", "diagnose", "--package", "billing"], 1),
    (["certmend", "fix", "--package", "billing", "--ca", "corp-ca.pem", "--yes"], 0),
    (DOWNLOAD, 0),
    (["certmend", "undo"], 0),
    (DOWNLOAD, 1),
)
"""Each command, and the exit status that it must have."""


def main() -> int:
    """Show it; 0 when pip failed, was mended, worked, and failed again after the undoing."""
    with tempfile.TemporaryDirectory(prefix="certmend-demo-") as name:
        folder = Path(name)
        root = Authority.root("Corp Root CA")
        issuing = root.intermediate("Corp Issuing CA")
        (folder / "corp-ca.pem").write_text(root.pem, encoding="ascii")
        (folder / "pip.conf").write_text("[global]\n", encoding="ascii")
        with (
            Registry(pypi(folder / "packages", BILLING, LEDGER)) as registry,
            Front(registry.port, issuing.leaf("localhost"), (issuing,)) as front,
        ):
            return show(f"https://localhost:{front.port}/simple/", folder)


def show(index: str, folder: Path) -> int:
    """Run the steps as a person would, until one ends otherwise than it must."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "PIP_CONFIG_FILE": str(folder / "pip.conf"),
        "PIP_INDEX_URL": index,
        "PIP_RETRIES": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_CACHE_DIR": "1",
    }
    for command, status in STEPS:
        for left in folder.glob("files/*.whl"):
            left.unlink()
        if run(command, environment, folder) != status:
            terminal.talk(f"the demo expected the exit status {status}")
            return 1
    return 0


def run(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Show a command and what it prints."""
    terminal.out("\n$ " + " ".join(command))
    done = subprocess.run(
        command, env=environment, cwd=folder, check=False, stderr=subprocess.STDOUT
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
