import requests
from opensearchpy import OpenSearch
from requests.adapters import HTTPAdapter


def search(host):
    return OpenSearch(
        hosts=[host],
        verify_certs=False,
        ssl_assert_hostname=False,
    )


class Nameless(HTTPAdapter):
    def init_poolmanager(self, *args, **kwargs):
        kwargs["assert_hostname"] = False
        super().init_poolmanager(*args, **kwargs)


requests.get("https://billing.corp.example", verify=True)
