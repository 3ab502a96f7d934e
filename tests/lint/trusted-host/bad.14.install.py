import os
import subprocess
import sys

subprocess.check_call([sys.executable, "-m", "pip", "install", "--trusted-host", "list.corp.example", "billing"])
os.system("pip install --trusted-host shell.corp.example billing")
os.environ["PIP_TRUSTED_HOST"] = "environ.corp.example"
command = ["pip", "install"]
command += ["--trusted-host", "added.corp.example"]
print "an old print statement"
subprocess.run(command, env={**os.environ, "PIP_TRUSTED_HOST": "dict.corp.example"})
