"""Where in its project a file lies."""

import pytest

from certmend.observe import project


@pytest.mark.parametrize(
    ("root", "inside"), [("", "app.py"), ("project", "pkg/app.py"), ("project/pkg", "app.py")]
)
def test_what_lies_above_a_project_says_nothing_of_it(tmp_path, root, inside):
    """A project in a folder `tests` is no test suite, however its path is given."""
    file = tmp_path / "tests" / "project" / "pkg" / "app.py"
    file.parent.mkdir(parents=True)
    file.touch()
    if root:
        (tmp_path / "tests" / root / "pyproject.toml").touch()
    assert project.inside(str(file)) == inside


def test_a_path_below_the_current_folder_is_of_its_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert project.inside(str(tmp_path / "tests" / "helper.py")) == "tests/helper.py"
    assert project.inside("tests/helper.py") == "tests/helper.py"
