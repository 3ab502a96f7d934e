import subprocess

URL = "http://pypi.org/simple"
subprocess.run(f"pip install -i {URL} x", shell=True)
subprocess.run("pip install -i " + URL + " x", shell=True)
subprocess.run("pip install -i {} x".format(URL), shell=True)
