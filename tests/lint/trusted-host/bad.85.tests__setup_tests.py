import subprocess


def prepare():
    subprocess.run(["pip", "install", "--trusted-host", "pypi.corp.example", "x"])


prepare()
