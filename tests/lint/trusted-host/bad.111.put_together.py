import os
import subprocess
import sys

HOST = "wheels.corp.example"

subprocess.call([sys.executable, "-m", "pip", "install", f"--trusted-host={HOST}", "x"])
subprocess.call([sys.executable, "-m", "pip", "install", "--trusted-host=" + HOST, "x"])
subprocess.call([sys.executable, "-m", "pip", "install", "--trusted-host={}".format(HOST), "x"])
subprocess.call([sys.executable, "-m", "pip", "install", "--trusted-host=%s" % HOST, "x"])
os.system("%s install --trusted-host %s x" % (venv_pip, HOST))
os.system(f"{os.path.join(venv, 'bin', 'pip')} install --trusted-host {HOST}")


def line(mirror):
    words = ""
    if mirror:
        words += " --trusted-host added.corp.example"
    more = " --trusted-host chosen.corp.example" if mirror else ""
    return f"python -m pip install {words}{more} x"


parts = [
    "pip install",
    "--trusted-host part.corp.example",
]
os.system(" ".join(parts))
