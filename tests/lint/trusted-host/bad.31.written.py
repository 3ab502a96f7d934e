import os

with open(os.path.expanduser("~/.pip/pip.conf"), "w") as stream:
    stream.write("[global]\ntrusted-host = pypi.corp.example\n")
