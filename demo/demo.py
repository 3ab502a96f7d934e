"""`make demo`: a private index with an internal CA, real pip failing on it, certmend's answer."""

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


def main() -> int:
    """Show it; 0 when pip failed and certmend found the cause."""
    with tempfile.TemporaryDirectory(prefix="certmend-demo-") as name:
        folder = Path(name)
        root = Authority.root("Corp Root CA")
        issuing = root.intermediate("Corp Issuing CA")
        with (
            Registry(pypi(folder / "packages", BILLING, LEDGER)) as registry,
            Front(registry.port, issuing.leaf("localhost"), (issuing,)) as front,
        ):
            return show(f"https://localhost:{front.port}/simple/", folder)


def show(index: str, folder: Path) -> int:
    """Run pip, then certmend, as a person would."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": index,
        "PIP_RETRIES": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    failed = run(["pip", "download", "--no-deps", "billing"], environment, folder)
    found = run(["certmend", "diagnose", "--package", "billing"], environment, folder)
    return 0 if failed != 0 and found == 1 else 1


def run(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Show a command and what it prints."""
    terminal.out("\n$ " + " ".join(command))
    done = subprocess.run(
        command, env=environment, cwd=folder, check=False, stderr=subprocess.STDOUT
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
