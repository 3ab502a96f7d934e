import subprocess
import sys

INDEX = "http://one.corp.example/simple"


def rows(tool, args, pip_cmd):
    subprocess.run([str(tool), "install", "-i", "http://two.corp.example/simple", "x"])
    subprocess.run([*pip_cmd, "-i", "http://three.corp.example/index"])
    args += ["-i", "http://four.corp.example/simple/"]
    pip_install("-i", "http://five.corp.example/simple", "x")
    subprocess.run([sys.executable, "-m", "pip", "install", f"--index-url={INDEX}", "x"])
