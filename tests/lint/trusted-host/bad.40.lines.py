import os
import subprocess

HOST = "wheels.corp.example"
HOSTS = ["one.corp.example", "two.corp.example"]

command = ["pip", "install"]
for host in HOSTS:
    command.append("--trusted-host")
    command.append(host)
for host in ("three.corp.example",):
    command += ["--trusted-host", host]
os.system("pip install --trusted-host %s x" % HOST)
os.system("pip install --trusted-host {} x".format(HOST))
subprocess.run(f"pip install --trusted-host {HOST} x", shell=True)
settings = {}
settings["PIP_TRUSTED_HOST"] = "four.corp.example"
os.environ |= {"PIP_TRUSTED_HOST": "five.corp.example"}


class Installer:
    line = "pip install --trusted-host six.corp.example x"

    def install(self):
        subprocess.run(self.line, shell=True)
