import subprocess
import sys
from urllib.parse import urlparse

LOCAL = "http://127.0.0.1:3141/root/pypi"
HERE = ["localhost", "127.0.0.1"]


def by_index(package):
    subprocess.run(["pip", "install", "-i", LOCAL, "--trusted-host", urlparse(LOCAL).hostname])
    for host in HERE:
        subprocess.run(["pip", "install", "--trusted-host", host, package])


def of_parameter(package, index_url, server):
    parsed = urlparse(index_url)
    command = [sys.executable, "-m", "pip", "install", "-i", index_url, package]
    if parsed.scheme == "http":
        command += ["--trusted-host", parsed.hostname]
    print(f"--trusted-host {parsed.hostname}")
    subprocess.run(command)
    subprocess.run(["pip", "install", "--trusted-host", server.hostname, package])


def pip_install(package, trusted=None):
    command = ["pip", "install", package]
    if trusted:
        command += ["--trusted-host", trusted]
    subprocess.run(command)


pip_install("x")
