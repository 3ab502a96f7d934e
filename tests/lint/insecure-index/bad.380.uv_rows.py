import subprocess

BASE = ["uv", "pip", "install"]
subprocess.run([*BASE, "--default-index", "http://one.corp.example/simple", "x"])
