import subprocess

BASE = ["uv", "pip", "install"]
subprocess.run(["uv", "pip", "install"] + ["--allow-insecure-host", "one.corp.example", "x"])
subprocess.run(BASE + ["--allow-insecure-host", "two.corp.example", "x"])
subprocess.run([*BASE, "--allow-insecure-host", "three.corp.example", "x"])
