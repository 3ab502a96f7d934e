import subprocess

HOST = "pypi.org"
subprocess.run("pip install --trusted-host " + HOST + " x", shell=True)
subprocess.run("pip install --trusted-host %s x" % HOST, shell=True)
subprocess.run("pip install --trusted-host {} {}".format(HOST, "x"), shell=True)
