"""`fix` asks a person at a terminal: to compare the fingerprint, and before it writes."""

import os
import pty
import select
import subprocess
import time
from pathlib import Path

import pytest
from test_fix import TwoIndexes, snapshot

from certmend.lab.lab import Lab


def talk(command: list[str], answers: list[str], environment: dict[str, str], folder: Path):
    """Run a command at a terminal, and answer its questions in their order."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=folder
    )
    os.close(theirs)
    said, waiting, end = "", list(answers), time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([ours], [], [], 1)
        if ready:
            try:
                piece = os.read(ours, 4096).decode("utf-8", "replace")
            except OSError:
                break
            said += piece
            if waiting and said.rstrip().endswith("[y/N]:"):
                os.write(ours, (waiting.pop(0) + "\n").encode())
                said += "\n"
        elif running.poll() is not None:
            break
    os.close(ours)
    return running.wait(60), said


@pytest.mark.parametrize(
    ("answers", "status", "works"),
    [(["y", "y"], 0, True), (["n"], 1, False), (["y", "n"], 1, False)],
)
def test_it_asks_for_the_fingerprint_and_before_it_writes(
    answers, status, works, pip, certmend_command, tmp_path
):
    with Lab() as lab:
        two = TwoIndexes(lab, pip, tmp_path / "one")
        before = snapshot(two.situation.folder, lab.folder)
        done, said = talk(
            [certmend_command, "fix"], answers, two.situation.environment, two.situation.folder
        )
        assert done == status, said
        assert "Compare the SHA-256 with the CA team" in said
        assert two.works(two.internal, "billing") is works
        if not works:
            assert snapshot(two.situation.folder, lab.folder) == before
