"""Reads an image:

FROM python:3.12
RUN pip install --trusted-host pypi.corp.example x
"""

import argparse

HINT = """
FROM python:3.12
RUN pip install --trusted-host pypi.corp.example x
"""
QUERY = """
SELECT name
FROM hosts
"""
LISTED = """
[install]
packages = trusted-host
"""


def main():
    """As a file of pip's:

    [global]
    trusted-host = pypi.corp.example
    """
    parser = argparse.ArgumentParser(
        epilog="""#!/bin/sh
pip install --trusted-host pypi.corp.example x
"""
    )
    print(HINT, QUERY, LISTED, parser)
