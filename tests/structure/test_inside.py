"""What is run inside a client's Python runs on every Python there is."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from interpreters import Interpreter, interpreters

import certmend.observe

SOURCES = sorted(Path(certmend.observe.__file__).parent.glob("inside*.py"))


@pytest.mark.parametrize("one", interpreters(), ids=lambda one: one.label)
def test_it_describes_every_python_and_its_pip(one: Interpreter, clean):
    from certmend.observe.interpreter import Conversation

    with Conversation(one.path, clean) as conversation:
        answer = conversation.about(
            conversation.start(["--index-url", "https://localhost:9/"], [], 3)
        )
        assert answer["python"]["version"] == ".".join(map(str, one.python))
        assert answer["pip"]["problem"] is None
        assert answer["effective"]["index_url"] == "https://localhost:9/"
        assert answer["trust"]["truststore"] is one.reads_system_store
        asked = conversation.ask(
            op="get", url="https://localhost:9/simple/", timeout=3, limit=1000, accept="*/*"
        )
        route, reply = asked.answer(10), asked.answer(10)
    assert route["route"] == {"proxy": "", "bundle": "", "verifies": True, "client_cert": ""}
    assert any("refused" in error["text"] for error in reply["error"])


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
@pytest.mark.parametrize("one", interpreters(), ids=lambda one: one.label)
def test_a_copy_of_it_runs_its_pip_and_it_goes_on(one: Interpreter, clean, tmp_path):
    from certmend.observe.interpreter import Conversation

    names = {"version": ["--version"], "nothing": ["download", "--no-index", "nothere"]}
    for name, words in names.items():
        with Conversation(one.path, clean) as conversation:
            asked = conversation.run([*words], {"PIP_DEST": str(tmp_path)})
            told = conversation.about(conversation.start([], [], 3))
            answer = asked.answer(30)
        assert told["pip"]["problem"] is None
        if name == "version":
            assert (answer["status"], told["pip"]["version"]) == (0, answer["printed"].split()[1])
        else:
            assert answer["status"] == 1
            assert "nothere" in answer["printed"]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_a_copy_is_refused_once_threads_run_and_ended_with_it(clean):
    from certmend.observe.interpreter import Conversation

    with socket.create_server(("127.0.0.1", 0)) as waits:
        with Conversation(sys.executable, clean) as conversation:
            url = f"http://127.0.0.1:{waits.getsockname()[1]}/simple/"
            words = ["download", "--timeout", "60", "--index-url", url, "--isolated", "billing"]
            first, second = conversation.run(words, {}), conversation.run(words, {})
            assert second.answer(30)["refused"]
            caller, _ = waits.accept()
        with caller:
            caller.settimeout(10)
            while caller.recv(4096):  # what it asked for, then its end
                pass
    assert first.answer(10) is None


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
def test_of_much_that_is_printed_the_last_whole_lines_are_kept(clean, tmp_path):
    """Half of a URL would hold a password that nobody recognises."""
    from certmend.observe.interpreter import Conversation

    (tmp_path / "talkative.py").write_text("for n in range(3): print(n, 60000 * 'x')\nprint(4)\n")
    with Conversation(sys.executable, {**clean, "PYTHONPATH": str(tmp_path)}) as conversation:
        asked = conversation.ask(op="run", module="talkative", arguments=[], variables={})
        answer = asked.answer(30)
    assert answer["status"] == 0
    assert answer["printed"] == f"2 {60000 * 'x'}\n4\n"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
@pytest.mark.parametrize("one", interpreters(), ids=lambda one: one.label)
def test_it_compiles_without_a_warning(one: Interpreter, source: Path):
    code = "import sys; compile(open(sys.argv[1]).read(), sys.argv[1], 'exec')"
    command = [one.path, "-W", "error", "-c", code, str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


_SESSIONS = """
import sys
sources = [open(path).read() for path in sys.argv[1:]]
exec("\\n".join(sources).replace("\\nmain(Pip(), about)", ""))
pip = Pip()
pip.find()
pip.parse([])
pip.build(1)
pip.add_trusted_hosts(["trusted.example"])
assert pip.session_for_one() is pip.session
for platform in ("darwin", "win32"):
    pip.platform = platform
    one, another = pip.session_for_one(), pip.session_for_one()
    contexts = {id(s.get_adapter("https://x/")._ssl_context) for s in (one, another, pip.session)}
    assert len(contexts) == 3
    assert "Insecure" in type(one.get_adapter("https://trusted.example/")).__name__
    assert "Insecure" not in type(one.get_adapter("https://other.example/")).__name__
"""


def test_no_two_requests_share_a_context_that_truststore_switches_off(clean):
    """It does on macOS and Windows: there each request has a session of its own."""
    readers = [one for one in interpreters() if one.reads_system_store]
    if not readers:
        pytest.skip("no pip here uses truststore")
    names = ("inside.py", "inside_pip.py")
    for one in readers:
        sources = (source for source in SOURCES if source.name in names)
        command = [one.path, "-c", _SESSIONS, *sources]
        done = subprocess.run(command, env=clean, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{one.label}: {done.stderr}"
