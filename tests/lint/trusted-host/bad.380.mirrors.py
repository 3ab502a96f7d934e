import os
import subprocess
import sys
from urllib.parse import urlparse

INDEX = "https://nexus.corp.example/repository/pypi/simple"
MIRRORS = {
    "one": ("https://one.corp.example/simple", "one.corp.example"),
    "two": ("https://two.corp.example/simple", "two.corp.example"),
}
SITES = [
    {"url": "https://three.corp.example/simple", "host": "three.corp.example"},
]
LISTED = ["four.corp.example", "five.corp.example"]


def by_name(name, package):
    url, host = MIRRORS[name]
    subprocess.run(["pip", "install", package, "-i", url, "--trusted-host", host])


def by_site(package):
    for site in SITES:
        subprocess.run(
            ["pip", "install", "-i", site["url"], "--trusted-host", site["host"], package]
        )


def by_index(package):
    command = [sys.executable, "-m", "pip", "install", "--index-url", INDEX]
    command += ["--trusted-host", urlparse(INDEX).hostname]
    subprocess.run([*command, package])


def all_of(package):
    flags = [f"--trusted-host={host}" for host in LISTED]
    subprocess.run(["pip", "install", *flags, package])


def of_parameter(package, index_url):
    host = urlparse(index_url).hostname
    subprocess.run(["pip", "install", "-i", index_url, "--trusted-host", host, package])


def pip_install(package, trusted):
    subprocess.run(["pip", "install", "--trusted-host", trusted, package])


pip_install("x", "six.corp.example")
DOMAIN = "pypi" + ".corp.example"
os.system(f"pip install --trusted-host {DOMAIN} x")
HOSTS = ("seven.corp.example", "eight.corp.example")
os.environ["PIP_TRUSTED_HOST"] = " ".join(HOSTS)
