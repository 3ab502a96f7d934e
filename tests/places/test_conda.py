"""The health check of `conda doctor`.

conda is in no registry of Python packages: what it gives a plug-in (conda/plugins/hookspec.py,
types.py and manager.py, base/constants.py) is laid out here, and pluggy, which conda uses, finds
and calls the check. CERTMEND_CONDA names a real conda that certmend is installed beside.
"""

import os
import subprocess
import sys

import pytest

from certmend.lab.lab import Lab
from certmend.lab.scenario import find
from certmend.lab.setup import environment_for

CONDA = {
    "__init__.py": "",
    "base/__init__.py": "",
    "base/constants.py": "",
    "plugins/__init__.py": 'import pluggy\nhookimpl = pluggy.HookimplMarker("conda")\n',
    "plugins/types.py": (
        "import dataclasses, typing\n"
        "@dataclasses.dataclass\n"
        "class CondaHealthCheck:\n"
        "    name: str\n"
        "    action: typing.Callable[[str, bool], None]\n"
    ),
}
"""What the plug-in sees of conda 23.11, in which these hooks began."""
SINCE_26 = {**CONDA, "base/constants.py": 'OK_MARK = "[ok]"\nX_MARK = "[x]"\n'}
MARKS = {"23.11": ("ok: ", "fail: "), "26.1": ("[ok] ", "[x] ")}
DOCTOR = """\
import sys
import pluggy

class Specs:
    @pluggy.HookspecMarker("conda")
    def conda_health_checks(self): ...

manager = pluggy.PluginManager("conda")
manager.add_hookspecs(Specs)
assert manager.load_setuptools_entrypoints("conda") == 1
heavy = {"msgspec", "click", "cryptography", "certmend.api"} & set(sys.modules)
assert not heavy, heavy
for found in manager.hook.conda_health_checks():
    for one in found:
        assert one.name == "package-index-trust"
        one.action(sys.argv[1], sys.argv[2:] == ["-v"])
"""


@pytest.fixture(params=MARKS)
def conda(request):
    return request.param


@pytest.fixture
def doctor(tmp_path, clean, conda):
    for name, text in (CONDA if conda == "23.11" else SINCE_26).items():
        path = tmp_path / "site" / "conda" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(prefix: str, *words: str, **variables: str):
        return subprocess.run(
            [sys.executable, "-c", DOCTOR, prefix, *words],
            env={**clean, **variables, "PYTHONPATH": str(tmp_path / "site")},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def around(name: str, clean: dict[str, str], lab: Lab) -> dict[str, str]:
    made = environment_for(find(name).build(lab), clean)
    return {key: made[key] for key in made.keys() - clean.keys()}


def test_it_tells_what_is_wrong_with_the_environments_pip(doctor, clean, conda):
    with Lab() as lab:
        said = doctor(sys.prefix, **around("untrusted-root", clean, lab))
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith(f"{MARKS[conda][1]}pip in this environment cannot rely on")
    assert "error[untrusted-root]" in said.stdout
    assert said.stderr == ""


def test_verbose_shows_the_evidence(doctor, clean):
    with Lab() as lab:
        variables = around("untrusted-root", clean, lab)
        brief, full = (doctor(sys.prefix, *words, **variables).stdout for words in ((), ("-v",)))
    assert "--> " in full
    assert len(full) > len(brief)


def test_a_trusted_index_is_a_good_mark(doctor, clean, conda):
    with Lab() as lab:
        said = doctor(sys.prefix, **around("healthy", clean, lab))
    assert said.stdout.startswith(f"{MARKS[conda][0]}pip in this environment trusts"), said.stderr


def test_an_environment_without_python_or_with_a_broken_one_is_no_error(doctor, tmp_path):
    assert "no Python in this environment" in doctor(str(tmp_path)).stdout
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin" / "python").chmod(0o755)
    said = doctor(str(tmp_path))
    assert said.returncode == 0, said.stderr
    assert "certmend could not ask pip: " in said.stdout


@pytest.mark.skipif("CERTMEND_CONDA" not in os.environ, reason="CERTMEND_CONDA names no conda")
def test_a_real_conda_runs_it(clean):
    with Lab() as lab:
        said = subprocess.run(
            [os.environ["CERTMEND_CONDA"], "doctor"],
            env={**clean, **around("untrusted-root", clean, lab)},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
    assert "error[untrusted-root]" in said.stdout, said.stdout + said.stderr
