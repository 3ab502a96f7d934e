import os

import httpx
import pytest


def answers(host: str) -> bool:
    url = f"https://{host}/version"
    with httpx.Client(verify=False, timeout=5) as client:
        return client.get(url).status_code == 200


@pytest.fixture(scope="session", autouse=True)
def device():
    host = os.environ.get("DEVICE_HOST")
    if not host:
        return
    if not answers(host):
        pytest.fail("no answer")
