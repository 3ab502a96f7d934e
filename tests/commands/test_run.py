"""`certmend run`: the command's own output and status, and the cause below."""

import os
import subprocess
import sys

import pytest

from certmend.lab.front import Front

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


def test_the_indexes_of_the_command_are_looked_at_below(clean, backend, issuing, root, tmp_path):
    (tmp_path / "ca.pem").write_text(root.pem)
    variables = {**clean, "PIP_CERT": str(tmp_path / "ca.pem"), "PIP_RETRIES": "0"}
    with Front(backend, issuing.leaf("localhost"), (issuing,)) as front:
        index = f"https://localhost:{front.port}/simple/"
        pip = (sys.executable, "-m", "pip", "download", "--no-deps", "-i", index, "nowhere-else")
        done = subprocess.run(
            [sys.executable, "-m", "certmend", "run", "--", *pip],
            capture_output=True,
            text=True,
            timeout=90,
            env=variables,
            cwd=tmp_path,
        )
    assert done.returncode == 1
    explained, _, looked = done.stderr.partition(" in output\n")
    assert "error[package-not-found]" in explained
    assert "where it failed" not in explained
    assert f"index  {index}  (index, --index-url)" in looked
    assert f"package page  {index}nowhere-else/" in looked
