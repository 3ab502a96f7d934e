"""Copies of the process by fork: what they take, what they tell, and what happens when one ends.

Each runs in a Python of its own: that of the tests has threads, and is then not copied.
"""

import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")


def said(code):
    done = subprocess.run(
        [sys.executable, "-c", "import os\nfrom certmend import forks\n" + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_each_piece_is_taken_once_and_by_several():
    pieces, copies = said("""
        import time
        def work(taken):
            mine = []
            for piece in taken:
                time.sleep(0.005)
                mine.append(piece)
            return os.getpid(), mine
        told = forks.side_by_side(work, 100, 3)
        print(sorted(piece for _, mine in told for piece in mine) == list(range(100)))
        print(len({number for number, _ in told}))
    """)
    assert (pieces, copies) == ("True", "3")


def test_what_a_copy_fails_at_is_done_here():
    (told,) = said("""
        here = os.getpid()
        def work(taken):
            if os.getpid() != here:
                os._exit(9)
            return list(taken)
        print(forks.side_by_side(work, 5, 2) == [[0, 1, 2, 3, 4]])
    """)
    assert told == "True"


def test_an_error_in_every_copy_is_raised_once():
    (told,) = said("""
        def work(taken):
            raise ValueError(next(iter(taken)))
        try:
            forks.side_by_side(work, 5, 2)
        except ValueError:
            print("raised")
    """)
    assert told == "raised"


def test_nothing_is_copied_where_threads_run():
    (told,) = said("""
        import threading
        wait = threading.Event()
        threading.Thread(target=wait.wait, daemon=True).start()
        print(forks.side_by_side(lambda taken: (os.getpid(), *taken), 3, 2) == [
            (os.getpid(), 0, 1, 2)
        ])
    """)
    assert told == "True"
