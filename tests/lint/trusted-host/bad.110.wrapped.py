import os
import subprocess
import sys
from pathlib import Path

HOST = "one.corp.example"
PIP = [sys.executable, "-m", "pip"]


def build(venv, pip_cmd, pip_run, args, tool):
    subprocess.run([str(tool), "install", "--trusted-host", "computed.corp.example", "x"])
    subprocess.run([venv / "bin" / "pip", "install", "--trusted-host", "path.corp.example", "x"])
    subprocess.run([os.path.join(venv, "pip"), "install", "--trusted-host", "joined.corp.example"])
    subprocess.run(pip_cmd + ["install", "x", "--trusted-host", "summed.corp.example"])
    subprocess.run([*PIP, "download", "--trusted-host", "spread.corp.example"])
    pip_run("py", ["install", "--trusted-host", "given.corp.example"])
    pip_run("install --trusted-host text.corp.example x", "what x is for")
    args += ["--index-url", "https://nexus.corp.example/simple", "--trusted-host", "two.corp.example"]
    args.append("--trusted-host=" + HOST)
    return [
        "install",
        "--user",
        "--trusted-host", "returned.corp.example",
    ]


def pip(*words):
    subprocess.check_call(PIP + list(words))


pip("install", "--trusted-host", "called.corp.example", "x")
pip.install("x", "--trusted-host", "method.corp.example")
image.install("x", pip_options="--trusted-host named.corp.example")
OPTIONS = ("-i", "https://nexus.corp.example/simple", "--trusted-host", "held.corp.example")
subprocess.run(["cmd", "/c", "pip", "install", "--trusted-host", "cmd.corp.example", "x"])
