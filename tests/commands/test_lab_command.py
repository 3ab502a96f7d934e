import os
import re
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from certmend.lab.scenario import scenarios

LAB_FOLDER = re.compile(r"(\S*/certmend-lab-[^/\s]+)/")


def test_list_shows_every_scenario_in_80_columns(run):
    said = run("lab", "list")
    assert said.returncode == 0
    lines = said.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    for one in scenarios():
        at = lines.index(one.name)
        assert lines[at + 1].startswith("  expects  ")
        assert lines[at + 2].startswith("  story    ")
    assert "only with a limit" in said.stdout


def as_in_a_terminal():
    """A run in the background, or under nohup, would hand signals on as ignored."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def started(command, clean, *arguments, **variables):
    return subprocess.Popen(
        [command, "lab", "up", *arguments],
        preexec_fn=as_in_a_terminal,  # noqa: PLW1509  no thread of the test starts it
        env={**clean, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(process):
    """What it prints until it says how to stop it."""
    lines = []
    ending = threading.Timer(30, process.kill)
    ending.start()
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    ending.cancel()
    return "".join(lines)


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 129)],
    ids=["ctrl-c", "sigterm", "sighup"],
)
def test_up_serves_until_a_signal_and_leaves_nothing(certmend_command, clean, number, status):
    process = started(certmend_command, clean, "untrusted-root", PIP_CERT="/machine/ca.pem")
    text = told(process)
    try:
        url = re.search(r"index +(https://localhost:\d+/simple/)", text)[1]
        folder = Path(LAB_FOLDER.search(text)[1])
        assert f"  export PIP_INDEX_URL={url}\n" in text
        assert "  unset PIP_CERT\n" in text
        assert "pip download" in text
        assert "certmend diagnose" in text
        assert "pip trusts public CAs alone" in text
        assert (folder / "needed.pem").exists()
    finally:
        process.send_signal(number)
        out, error = process.communicate(timeout=30)
    assert process.returncode == status, error
    assert "Traceback" not in out + error
    assert not folder.exists()


def test_what_up_prints_makes_pip_work(certmend_command, clean, tmp_path):
    """The lines are for a shell: pip fails without the CA file, and works with it."""
    process = started(certmend_command, clean, "untrusted-root")
    text = told(process)
    try:
        exports = "\n".join(re.findall(r"^  (export .*)$", text, re.MULTILINE))
        asked = re.search(r"^  (pip download .*)$", text, re.MULTILINE)[1]
        ca_file = re.search(r"CA file +(\S+)", text)[1]
        path = f"{Path(certmend_command).parent}{os.pathsep}{clean['PATH']}"
        for more, works in (("", False), (f"export PIP_CERT={ca_file}\n", True)):
            done = subprocess.run(
                ["sh", "-c", f"{exports}\n{more}{asked}"],
                env={**clean, "PATH": path},
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert (done.returncode == 0) is works, done.stderr
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_up_takes_the_port(certmend_command, clean, run):
    process = started(certmend_command, clean, "expired")
    text = told(process)
    try:
        port = re.search(r"localhost:(\d+)", text)[1]
        said = run("lab", "up", "expired", "--port", port)
        assert said.returncode == 2
        assert len(said.stderr.splitlines()) == 2
        assert f"cannot listen on 127.0.0.1:{port}" in said.stderr
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_run_gives_the_command_the_scenario_and_returns_its_status(run):
    code = "echo $PIP_INDEX_URL [$REQUESTS_CA_BUNDLE]; exit 7"
    said = run("lab", "run", "expired", "--", "sh", "-c", code, REQUESTS_CA_BUNDLE="/machine.pem")
    assert said.returncode == 7, said.stderr
    assert re.fullmatch(r"https://localhost:\d+/simple/ \[\]\n", said.stdout)


def test_run_meets_a_real_pip(run, pip):
    command = (pip.path, "-m", "pip", "download", "--no-deps", "--retries", "0", "billing")
    assert run("lab", "run", "expired", "--", *command).returncode == 1
    assert run("lab", "run", "healthy", *command).returncode == 0


def test_run_removes_its_folder(run):
    said = run("lab", "run", "healthy", "--", "sh", "-c", "echo $PIP_CERT; test -f $PIP_CERT")
    assert said.returncode == 0
    assert not Path(said.stdout.strip()).parent.exists()


def test_run_told_to_end_does_not_look_like_success(certmend_command, clean):
    """Its command ends with it, even one that ignores being told, and the folder goes."""
    code = "trap '' TERM; echo $$ $PIP_CERT; while :; do sleep 0.1; done"
    process = subprocess.Popen(
        [certmend_command, "lab", "run", "healthy", "--", "sh", "-c", code],
        env=clean,
        stdout=subprocess.PIPE,
        text=True,
    )
    child, ca_file = process.stdout.readline().split()
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 143
    assert not Path(ca_file).parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(child), 0)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("up", "expird"), 2, "did you mean expired"),
        (("run", "nothing-like-it", "--", "true"), 2, "no scenario named"),
        (("run", "expired", "--", "no-such-program"), 127, "no command 'no-such-program'"),
        (("run", "expired", "--", "/"), 126, "cannot run '/'"),
        (("run", "expired"), 2, "missing argument"),
        (("run", "expired", "--"), 2, "missing argument"),
        (("up", "expired", "--port", "0"), 2, "--port"),
    ],
)
def test_wrong_use_gets_two_lines(run, arguments, status, words):
    said = run("lab", *arguments)
    assert said.returncode == status
    assert len(said.stderr.splitlines()) == 2
    assert words in said.stderr
