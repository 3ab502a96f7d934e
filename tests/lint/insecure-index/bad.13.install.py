import subprocess
import sys

INDEX = "http://pypi.corp.example/simple"


class Installer:
    mirror = "http://mirror.corp.example/simple"

    def run(self):
        command = f"{sys.executable} -m pip install billing -i {self.mirror}"
        subprocess.run(command, shell=True)
        subprocess.run("pip install billing -i " + INDEX, shell=True)
