"""Run with --trusted-host docstring.corp.example."""

import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--trusted-host", help="a host, e.g. --trusted-host help.corp.example")
print("try pip install --trusted-host printed.corp.example billing")
raise SystemExit("pip install --trusted-host error.corp.example billing")
