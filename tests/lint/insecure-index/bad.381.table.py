import subprocess

MIRRORS = {
    "one": "http://one.corp.example/simple",
    "two": "https://two.corp.example/simple",
}


def install(name):
    subprocess.run(["pip", "install", "-i", MIRRORS[name], "x"])
