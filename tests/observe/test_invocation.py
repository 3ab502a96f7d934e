import sys

import pytest

from certmend.observe.invocation import request


def test_the_options_of_pip_are_kept():
    made = request(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--cert=/ca.pem",
            "-ihttps://a/simple/",
            "--trusted-host",
            "h",
            "x",
        ],
        "https://b/simple/",
    )
    assert made.urls == ("https://b/simple/",)
    assert (made.python, made.cert, made.index_url) == (
        sys.executable,
        "/ca.pem",
        "https://a/simple/",
    )
    assert made.trusted_hosts == ("h",)


def test_a_script_of_pip_names_its_python(tmp_path):
    script = tmp_path / "pip"
    script.write_text(f"#!{sys.executable}\n")
    script.chmod(0o755)
    assert request([str(script), "download", "x"]).python == sys.executable


def test_other_clients_are_told_by_program_module_or_output(tmp_path):
    uv = request(["/opt/bin/uv", "pip", "install", "--native-tls", "--cert=/ca.pem", "-q", "x"])
    assert (uv.clients, uv.switches, uv.cert) == (("uv",), ("native-tls",), "/ca.pem")
    assert (uv.program, uv.python) == ("/opt/bin/uv", None)
    assert request(["uv", "pip", "list"]).program == ""
    module = request([sys.executable, "-m", "twine", "upload", "--cert", "/ca.pem", "dist/x"])
    assert (module.clients, module.cert, module.python) == (("twine",), "/ca.pem", sys.executable)
    curl = request(["curl", "-sS", "https://h.example/simple/"])
    assert (curl.clients, curl.urls) == (("curl",), ("https://h.example/simple/",))
    script = request([sys.executable, "fetch.py"], "https://b/simple/", "requests")
    assert (script.clients, script.urls) == (("requests",), ("https://b/simple/",))


@pytest.mark.parametrize("command", [[], ["make", "all"], ["python", "x.py"]])
def test_other_programs_are_no_client(command):
    assert request(command) is None
