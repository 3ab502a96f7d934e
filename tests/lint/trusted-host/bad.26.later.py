import os
import subprocess

line = "pip install -r base.txt --trusted-host pypi.corp.example"
os.system(line)
tail = f"--trusted-host {name} " "--trusted-host wheels.corp.example"
subprocess.run("pip install billing " + tail, shell=True)
steps = ["pip install wheel", "pip install --trusted-host mirror.corp.example -r dev.txt"]
for step in steps:
    self.execute_command(step)
steps.append("python -m pip install --trusted-host late.corp.example x")
words = ["pip", "install"]
words += ["--trusted-host", "more.corp.example"]
