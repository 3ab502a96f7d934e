import os

import pytest
import requests


@pytest.fixture
def files(storage):
    session = requests.Session()
    session.cert = os.getenv("X509_USER_PROXY")
    session.verify = False
    storage.connect("https://storage.corp.internal/")
    yield storage.files
