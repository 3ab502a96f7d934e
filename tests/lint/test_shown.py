"""What a finding shows of its line holds no secret, whatever it is told as."""

from datetime import date

import pytest

from certmend.model.text import redact_code
from certmend.observe import kinds
from certmend.observe.tree import Candidate
from certmend.tasks import linting

SECRET = "hunter4secret123"
LINES = [
    f'S = {{"host": "10.1.1.1", "password": "{SECRET}", "verify_certs": False}}',
    f'from pymisp import PyMISP; misp = PyMISP("https://misp.corp", "{SECRET}", False)',
    f'import requests; requests.get(URL, auth=("bob", "{SECRET}"), verify=False)',
    f'import requests; requests.get(URL, headers={{"X": "Bearer {SECRET}"}}, verify=False)',
    'import requests; requests.get(URL, headers=of("Bearer hunter"), verify=False)',
    f'CELERY = "rediss://:{SECRET}@redis.corp/0?ssl_cert_reqs=none"',
]


@pytest.mark.parametrize("line", LINES)
def test_a_secret_beside_a_switch_is_not_shown(line):
    kind = kinds.by_name("client.py")
    candidate = Candidate("client.py", kind, line.encode())
    found = linting._lint(candidate, frozenset({"verify-disabled"}), date(2026, 11, 27))
    assert found
    assert all("hunter" not in one.source and "****" in one.source for one in found)


@pytest.mark.parametrize(
    "line",
    [
        'requests.get("https://pypi.corp/simple", verify=False)',
        'run(["pip", "install", "--trusted-host", "pypi.corp", "python3-requests"])',
        'S = {"host": "10.1.1.1", "ssl_verification": False}',
        "ENV PIP_TRUSTED_HOST='index.corp.example'",
        'token = os.environ["TOKEN"]',
    ],
)
def test_what_is_no_secret_is_shown(line):
    assert redact_code(line) == line
