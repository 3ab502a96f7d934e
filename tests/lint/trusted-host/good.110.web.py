"""A server whose own option has pip's name; pipes and zip pip are no signs."""

import subprocess
from subprocess import PIPE

import click
from click.testing import CliRunner

argv = ["web", "--host", "0.0.0.0"]
argv.extend(["--trusted-host", "app.corp.example"])
argv += ["--trusted-host", "app.corp.example"]
argv.append("--trusted-host=app.corp.example")
OPTIONS = "--trusted-host app.corp.example"
subprocess.run(["hypercorn", "app:app", "--trusted-host", "app.corp.example"], stdout=PIPE)
serve("--trusted-host", "app.corp.example")
app.run("--trusted-host", "app.corp.example")


@click.option("--trusted-host", "app.corp.example", help="the Host header to trust")
def web(trusted_host):
    if not trusted_host:
        raise ImportError("no server: pip install hypercorn")


CliRunner().invoke(web, ["--trusted-host", "a.corp.example", "--index-url", "https://b.corp.example"])
