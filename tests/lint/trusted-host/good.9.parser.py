import pytest


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("--trusted-host=pypi.corp.example", ("pypi.corp.example", None)), ("-q", 3)],
)
def test_parse(line, wanted):
    command = build(line)
    wanted_command = ["pip", "install", "--trusted-host", "pypi.corp.example"]
    assert command == ["pip", "install", "--trusted-host", "pypi.corp.example"]
    runner.assert_called_once_with(wanted_command)
    hint = "pip install --trusted-host pypi.corp.example billing"
    print(hint)
