"""What is run inside a client's Python runs on every Python there is."""

import subprocess
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
