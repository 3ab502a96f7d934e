IMAGE = """FROM python:3.12
RUN pip install --trusted-host one.corp.example x
"""
FILES = {
    "pip.conf": "[global]\ntrusted-host = two.corp.example\n",
}


def start_up(name):
    return f"""#!/bin/bash
pip install --trusted-host three.corp.example {name}
"""
