"""`certmend run`: the command's own output and status, and the cause below."""

import os
import subprocess
import sys

import pytest

FAIL = "import sys; sys.stdout.write('curl: (60) SSL certificate problem: certificate has expired\\n'); sys.exit(7)"


def run(*command, **options):
    return subprocess.run(
        [sys.executable, "-m", "certmend", "run", "--no-diagnose", "--", *command],
        capture_output=True,
        timeout=90,
        stdin=subprocess.DEVNULL,
        **options,
    )


def test_output_and_status_are_the_commands():
    code = (
        "import sys; sys.stdout.buffer.write(bytes(range(256))); sys.stderr.write('e'); sys.exit(3)"
    )
    done = run(sys.executable, "-c", code)
    assert (done.returncode, done.stdout, done.stderr) == (3, bytes(range(256)), b"e")


def test_a_known_failure_is_explained_below_on_stderr():
    done = run(sys.executable, "-c", FAIL)
    assert done.returncode == 7
    assert done.stdout.count(b"\n") == 1
    assert b"error[expired]" in done.stderr


def test_success_is_not_explained():
    done = run(sys.executable, "-c", FAIL.replace("exit(7)", "exit(0)"))
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_missing_command_is_said_as_shells_do():
    assert run("no-such-program").returncode == 127
    assert run(os.path.dirname(__file__)).returncode == 126


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")
def test_on_a_terminal_the_command_has_a_terminal():
    import pty

    code = (
        "import os,sys; print(sys.stdout.isatty(), sys.stderr.isatty(), os.get_terminal_size().columns);"
        "sys.stdout.write('\\x1b[31mred\\x1b[0m\\r'); sys.exit(5)"
    )
    pid, terminal = pty.fork()
    if pid == 0:
        import fcntl
        import struct
        import termios

        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 123, 0, 0))
        os.execv(
            sys.executable,
            [
                sys.executable,
                "-m",
                "certmend",
                "run",
                "--no-diagnose",
                "--",
                sys.executable,
                "-c",
                code,
            ],
        )
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 5
    assert shown == b"True True 123\r\n\x1b[31mred\x1b[0m\r"
