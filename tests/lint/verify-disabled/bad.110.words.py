import asyncio
import os
import subprocess
import sys

import sh
from run import _run, execute, git, run


async def clone(url, tool, npm, conda):
    await asyncio.create_subprocess_exec("git", "-c", "http.sslVerify=false", "clone", url)
    os.execlp("git", "git", "-c", "http.sslVerify=false", "fetch")
    os.spawnlp(os.P_WAIT, "git", "git", "-c", "http.sslVerify=false", "fetch")
    sh.git("-c", "http.sslVerify=false", "fetch")
    sh.git.clone("-c", "http.sslVerify=false", url)
    git("config", "http.sslVerify", "false")
    process.start("git", ["-c", "http.sslVerify=false", "clone", url])
    execute("git", "config", "--global", "http.sslVerify", "false")
    _run(self, "npm", "config", "set", "strict-ssl", "false")
    run("conda", "config", "--set", "ssl_verify", "false")
    subprocess.run(["ssh", "-p", "22", "build", "git -c http.sslVerify=false fetch"])
    subprocess.run([tool, "-c", "http.sslVerify=false", "fetch"])
    subprocess.run([tool, "config", "http.sslVerify", "false"])
    subprocess.run([npm, "config", "set", "strict-ssl", "false"])
    subprocess.run([conda, "config", "--set", "ssl_verify", "no"])
    run("curl", "-k", "-o", "get-pip.py", "https://bootstrap.pypa.io/get-pip.py")
