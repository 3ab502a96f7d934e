"""Signals pass, and the end is told; see also tests/commands/test_run.py."""

import io
import os
import signal
import subprocess
import sys
import time

from certmend import overheard

WAIT = (
    "import signal,sys,time\n"
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n"
    "print('ready', flush=True)\n"
    "time.sleep(60)\n"
)
OUTER = "import io,os,sys\nfrom certmend import overheard\nsys.exit(overheard.run([sys.executable,'-c',sys.argv[1]], os.environ, io.BytesIO()))"


def test_a_signal_reaches_the_command():
    with subprocess.Popen(
        [sys.executable, "-c", OUTER, WAIT], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as outer:
        assert outer.stdout.readline() == b"ready\n"
        outer.send_signal(signal.SIGTERM)
        assert outer.wait(30) == 9


def test_a_child_that_keeps_the_streams_does_not_keep_it_waiting(capfd):
    code = "import subprocess,sys; subprocess.Popen([sys.executable,'-c','import time; time.sleep(30)'])"
    kept = io.BytesIO()
    begun = time.monotonic()
    assert overheard.run([sys.executable, "-c", code], os.environ, kept) == 0
    assert time.monotonic() - begun < 25


def test_what_is_printed_is_kept_and_passed_on(capfd):
    kept = io.BytesIO()
    overheard.run([sys.executable, "-c", "print('x' * 100000)"], os.environ, kept)
    assert kept.getvalue() == b"x" * 100000 + b"\n"
    assert len(capfd.readouterr().out) == 100001
