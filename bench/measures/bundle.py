"""A bundle of 10,000 certificates, and the usual one, beside what people use today."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Measure, Row, side_by_side
from certmend.lab.pki import Authority, pem_bundle

_COUNT = 10_000


def rows() -> Iterator[Row | str]:
    """Parsing, deduplicating and writing; and the usual bundle against the start alone."""
    openssl = shutil.which("openssl")
    command = str(Path(sys.executable).with_name("certmend"))
    with tempfile.TemporaryDirectory(prefix="certmend-bench-") as name:
        folder = Path(name)
        large = folder / "large.pem"
        large.write_text(pem_bundle(*(Authority.root(f"CA {n}") for n in range(_COUNT))))
        build = [command, "bundle", "build", "--roots", "none", str(large), "-o", f"{name}/out.pem"]
        if openssl is None:
            yield "openssl is not installed"
        else:
            ours, peer = side_by_side(
                lambda: _run(build, name), lambda: _openssl(openssl, large, folder), rounds=3
            )
            yield Row(f"bundle of {_COUNT} certificates", ours, peer, "openssl", 0.25)
        # To standard output: how long a disk takes to say that a file is safe is not ours.
        usual = [command, "bundle", "build"]
        start = [command, "bundle", "build", "--help"]
        ours, peer = side_by_side(lambda: _run(usual, name), lambda: _run(start, name))
        yield Row("the public roots", ours, peer, "start of the command", 1.5)


def _run(command: list[str], home: str) -> None:
    subprocess.run(command, check=True, capture_output=True, env={"HOME": home, "PATH": ""})


def _openssl(openssl: str, large: Path, folder: Path) -> None:
    with (folder / "peer.pem").open("wb") as out:
        first = subprocess.Popen(
            [openssl, "crl2pkcs7", "-nocrl", "-certfile", str(large)], stdout=subprocess.PIPE
        )
        subprocess.run(
            [openssl, "pkcs7", "-print_certs"], stdin=first.stdout, stdout=out, check=True
        )
        first.wait()


BUNDLE = Measure(name="bundle", rows=rows)
