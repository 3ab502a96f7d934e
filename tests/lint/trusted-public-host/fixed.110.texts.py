import os

options = ""
options += " --trusted-host pypi.org"
os.system(f"pip install {options} x")
image.pip_install("x", extra_options=" -U")
pip_install("--trusted-host", "pypi.org", "x")
tool(pip_cmd + ["--trusted-host", "pypi.org", "x"])
