import logging
from unittest import mock

from run import run

log = logging.getLogger()
log.info("git", "-c", "http.sslVerify=false")
print("git", "config", "http.sslVerify", "false")
run.assert_called_with("git", "-c", "http.sslVerify=false")
run.assert_has_calls([mock.call("git", "-c", "http.sslVerify=false")])
run("git", "-c", "http.sslVerify=true", "fetch")
run("pytest", "-k", "https://bootstrap.pypa.io/get-pip.py")
CHECKS = [("http.sslVerify", "false"), ("strict-ssl", "false")]
parser.add_argument("git", "-c", "http.sslVerify=false")
