import subprocess

HELD = {"PIP_TRUSTED_HOST": "one.corp.example two.corp.example:8443"}
env = {"PIP_TRUSTED_HOST": "devpi"}
HELD["PIP_TRUSTED_HOST"] = "10.1.2.3"
subprocess.run(["pip", "install", "x"], env={"PIP_TRUSTED_HOST": "devpi"})
