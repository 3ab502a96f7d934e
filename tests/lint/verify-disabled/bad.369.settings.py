import subprocess

subprocess.run(["pdm", "config", "pypi.verify_ssl", "false"], check=True)
