import io
from pathlib import Path

import boto3
import docker

IMAGE = """FROM python:3.12
RUN pip install --trusted-host one.corp.example x
"""
TABLE = {
    "base": "FROM python:3.12\nRUN pip install --trusted-host two.corp.example x\n",
}
USER_DATA = """#!/bin/bash
pip install --trusted-host three.corp.example x
"""
SETTINGS = """[global]
trusted-host = four.corp.example
"""


class Writer:
    template = """#!/bin/sh
pip install --trusted-host five.corp.example x
"""

    def keep(self, path, text):
        path.write_text(text)

    def all(self, folder):
        self.keep(folder / "pip.conf", SETTINGS)
        self.keep(folder / "start.sh", self.template.format())


def build(folder: Path):
    docker.from_env().images.build(fileobj=io.BytesIO(IMAGE.encode()))
    for name, text in TABLE.items():
        with open(folder / name, "w") as stream:
            stream.write(text)
    boto3.client("ec2").run_instances(UserData=USER_DATA)
