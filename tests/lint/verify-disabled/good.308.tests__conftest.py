import os
import subprocess

import pytest


@pytest.fixture
def server(backend):
    env = os.environ.copy()
    env["SEARCH_HOSTS"] = backend
    env["VERIFY_CERTS"] = "false"
    return subprocess.Popen(["server"], env=env)
