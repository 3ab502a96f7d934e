"""Requirements files under any name: told by their lines, and by nothing less."""

from datetime import date

import pytest

from certmend.observe import requirement_lists
from certmend.tasks import linting

TRUSTED = "--trusted-host pypi.corp.example\n"


def findings(folder):
    request = linting.LintRequest(paths=(str(folder),), today=date(2026, 11, 26))
    found = linting.survey(request).report.findings
    return [(one.path.removeprefix(f"{folder}/"), one.fault.rule, one.line) for one in found]


@pytest.mark.parametrize(
    "name", ["base.txt", "pins.txt", "deps/dev.txt", "dev-deps.txt", "conda/pip.txt", "py310.txt"]
)
def test_a_list_is_read_under_any_name(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TRUSTED + "flask==3.1 \\\n    --hash=sha256:00\n")
    assert findings(tmp_path) == [(name, "trusted-host", 1)]


@pytest.mark.parametrize(
    "line",
    [
        "-i http://pypi.corp.example/simple",
        "--extra-index-url=http://pypi.corp.example/simple",
        "--index-url \\\n  http://pypi.corp.example/simple",
        "--find-links http://pypi.corp.example/wheels --no-index",
    ],
)
def test_each_option_tells_a_list(tmp_path, line):
    (tmp_path / "deps.txt").write_bytes(f"# pinned\r\n{line}\r\nflask[async]>=3 # why\r\n".encode())
    assert "insecure-index" in {rule for _, rule, _ in findings(tmp_path)}


@pytest.mark.parametrize(
    "line",
    [
        "flask[async] >= 3.1 ; python_version > '3.9'",
        "billing @ https://pypi.corp.example/billing.whl",
        "git+https://git.corp.example/billing@main#egg=billing",
        "-e ./local",
        "--only-binary :all: --pre",
        "./wheels/billing-1.0-py3-none-any.whl",
    ],
)
def test_what_pip_takes_may_stand_beside(line):
    assert requirement_lists.is_one(f"{TRUSTED}{line}\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "--trusted-host pypi.corp.example is how it was\nflask\n",
        f"Run pip with\n{TRUSTED}",
        f"pip install {TRUSTED}",
        "flask\nrequests==2.32\n",
        "",
    ],
)
def test_prose_and_lists_without_an_index_are_none(text):
    assert not requirement_lists.is_one(text.encode())


@pytest.mark.parametrize("name", ["data/0001.txt", "img_0042.txt", "README.txt", "base.text"])
def test_files_with_such_names_are_not_opened(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TRUSTED + "flask\n")
    assert findings(tmp_path) == []
