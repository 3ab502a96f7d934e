import os
import subprocess

PIP_OPTIONS = "--trusted-host pypi.corp.example"


def install(name):
    # told where the options stand
    #
    #
    os.system(f"pip install {PIP_OPTIONS} {name}")
    os.system("pip install " + PIP_OPTIONS + " x")
    subprocess.run(["pip", "install", PIP_OPTIONS, name])
