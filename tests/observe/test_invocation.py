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


@pytest.mark.parametrize(
    "command", [[], ["curl", "https://x"], ["python", "x.py"], ["uv", "pip", "install"]]
)
def test_other_programs_are_not_pip(command):
    assert request(command) is None
