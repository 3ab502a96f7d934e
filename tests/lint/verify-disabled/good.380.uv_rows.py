import subprocess

BASE = ["uv", "pip", "install"]
subprocess.run(BASE + ["--allow-insecure-host", "localhost", "x"])
