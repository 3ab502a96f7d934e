import subprocess

from factory import command, component


def test_command():
    made = component(pip_trusted_hosts=["pypi.corp.example"])
    expected = ["pip", "install", "--trusted-host", "pypi.corp.example", "x"]
    assert made.command == expected
    text = "python3 -m pip install --trusted-host pypi.corp.example 'x' && python3 "
    assert command(made.path) == text
    subprocess.run(text, shell=True)
