"""Files that nest deeper and lines that are longer than anybody writes them by hand."""

import subprocess
from datetime import date

import pytest

from certmend import options
from certmend.errors import UsageError
from certmend.model.document import Document, Role
from certmend.tasks import linting

DEEP = "a = " + "[" * 2000 + "]" * 2000 + "\n"


def survey(folder):
    request = linting.LintRequest(paths=(str(folder),), today=date(2026, 11, 26))
    return linting.survey(request).report


def test_a_pyproject_that_nests_too_deeply_does_not_end_the_run(tmp_path):
    (tmp_path / "pyproject.toml").write_text(f"[tool.other]\n{DEEP}")
    (tmp_path / "a.sh").write_text("pip install --trusted-host pypi.corp.example x\n")
    assert options.read(tmp_path) == options.Options()
    assert [one.fault.rule for one in survey(tmp_path).findings] == ["trusted-host"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("certmend.toml", DEEP),
        ("pyproject.toml", f"[tool.certmend.lint]\nignore = []\n[tool.x]\n{DEEP}"),
    ],
)
def test_own_options_that_nest_too_deeply_are_wrong_use(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match="too deeply"):
        options.read(tmp_path)


@pytest.mark.parametrize("opening", ["cat > a.sh", "bash", "tee /etc/pip.conf", "cat"])
def test_here_documents_in_each_other_are_read_to_a_depth(tmp_path, opening):
    depth = range(500)
    text = "".join(f"{opening} <<EOF{number}\n" for number in depth)
    text += "pip install --trusted-host pypi.corp.example x\n"
    text += "".join(f"EOF{number}\n" for number in reversed(depth))
    (tmp_path / "a.sh").write_text(text)
    assert not survey(tmp_path).skipped


def test_a_script_that_a_script_writes_is_read(tmp_path):
    inner = "cat > b.sh <<B\npip install --trusted-host pypi.corp.example x\nB\n"
    (tmp_path / "a.sh").write_text(f"cat > a.sh <<A\n{inner}A\n")
    assert [(one.fault.rule, one.line) for one in survey(tmp_path).findings] == [
        ("trusted-host", 3)
    ]


def test_a_long_line_is_cut_where_it_is_shown(tmp_path):
    hosts = [f"--trusted-host h{number}.corp.example" for number in range(3000)]
    line = f"pip install {' '.join(hosts)} https://joe:secret@pypi.corp.example/x.whl"
    (tmp_path / "a.sh").write_text(line + "\n")
    found = [one for one in survey(tmp_path).findings if one.fault.rule == "trusted-host"]
    assert [one.column for one in found] == [line.index(host + " ") + 1 for host in hosts]
    assert {one.source for one in found} == {f"{line[:400]}… ({len(line)} characters)"}


def test_a_secret_that_begins_before_the_cut_is_not_shown(tmp_path):
    secret = "s3cret" * 300
    line = f"pip install --index-url http://joe:{secret}@pypi.corp.example/simple {'x ' * 9000}"
    (tmp_path / "a.sh").write_text(line + "\n")
    assert all("s3cret" not in one.source for one in survey(tmp_path).findings)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("python", [1, 2, 3, 5]), ("pip-conf", [1, 2, 3, 5]), ("shell", [1, 1, 2, 3])],
)
def test_a_carriage_return_alone_ends_a_line_where_the_reader_says_so(kind, expected):
    text = "a\rb\r\nc\n\rd\n"
    document = Document(path="x", kind=kind, role=Role.CODE, text=text, entries=())
    assert [document.position(text.index(letter))[0] for letter in "abcd"] == expected
    assert document.line(text.index("c")) == "c"


def test_lint_ends_with_two_lines_on_such_options(tmp_path, run):
    (tmp_path / "certmend.toml").write_text(DEEP)
    done: subprocess.CompletedProcess[str] = run("lint", folder=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
