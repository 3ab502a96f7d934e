import os

import pytest
import requests
from k8s import Client, config


class TestCluster:
    @pytest.fixture
    def client(self, kubernetes):
        Client.clear_session()
        config.api_server = kubernetes["host"]
        config.verify_ssl = False

    def test_other(self):
        assert requests.get(os.environ["OTHER"]).ok
