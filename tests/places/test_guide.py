"""What docs/guides/ci.md shows is true: its files are read, its commands are run."""

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from repositories import INSECURE, PROJECT

from certmend.lab.lab import Lab
from certmend.lab.scenario import find
from certmend.lab.setup import environment_for
from certmend.model.lint import Located
from certmend.tasks import linting

GUIDE = (PROJECT / "docs" / "guides" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = sorted(
    {
        *re.findall(r"^ {4}(certmend .+)$", GUIDE, re.MULTILINE),
        *re.findall(r"(?:sh '|script: )(certmend [^'\n]+)", GUIDE),
        *re.findall(r"`(certmend (?:lint --list|completion bash|init ci \w+))[` ]", GUIDE),
    }
)


def block(word: str):
    (found,) = [yaml.safe_load(text) for kind, text in BLOCKS if kind == "yaml" and word in text]
    return found


def test_the_hooks_are_those_of_the_manifest():
    manifest = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())
    known = {one["id"] for one in manifest}
    (repository,) = block("hooks:")["repos"]
    assert {one["id"] for one in repository["hooks"]} <= known
    assert all(f"`{one}`" in GUIDE or f"id: {one}" in GUIDE for one in known)


def test_the_actions_inputs_exist_and_are_all_named():
    known = yaml.safe_load((PROJECT / "action.yml").read_text())["inputs"]
    (step,) = [
        one for one in block("upload-sarif:")["jobs"]["certmend"]["steps"] if "OWNER" in one["uses"]
    ]
    assert step["with"].keys() <= known.keys()
    assert all(isinstance(value, str) for value in step["with"].values())
    assert all(f"`{name}`" in GUIDE or name in step["with"] for name in known)


def test_the_components_inputs_exist_and_fit():
    spec = next(yaml.safe_load_all((PROJECT / "templates" / "certmend.yml").read_text()))
    known = spec["spec"]["inputs"]
    (included,) = block("component:")["include"]
    for name, value in included["inputs"].items():
        assert isinstance(value, type(known[name]["default"]))
        assert value in known[name].get("options", [value])


def test_nothing_that_it_shows_is_a_finding_of_ours(tmp_path):
    names = {"dockerfile": "Dockerfile", "groovy": "Jenkinsfile", "yaml": "azure-pipelines.yml"}
    for number, (kind, text) in enumerate(BLOCKS):
        if kind in names:
            (tmp_path / str(number)).mkdir()
            (tmp_path / str(number) / names[kind]).write_text(text)
    assert findings(tmp_path) == ()


def findings(folder: Path) -> tuple[Located, ...]:
    today = dt.datetime.now(dt.UTC).date()
    return linting.survey(linting.LintRequest(paths=(str(folder),), today=today)).report.findings


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(command, clean, project, certmend_command):
    """With an index that is trusted, and a file that holds one finding."""
    assert (project / "Dockerfile").read_text() == INSECURE
    with Lab() as lab:
        around = environment_for(find("healthy").build(lab), clean)
        path = f"{Path(certmend_command).parent}:{around['PATH']}"
        done = subprocess.run(
            ["bash", "-c", command],
            env={**around, "PATH": path},
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    lints = command.startswith("certmend lint --format") and "never" not in command
    assert done.returncode == int(lints), done.stderr
    assert "certmend: error" not in done.stderr
