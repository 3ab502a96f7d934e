import os

import requests
from opensearchpy import OpenSearch


def searched():
    host = os.getenv("SEARCH_HOST", default="localhost")
    OpenSearch(hosts=[{"host": host, "port": 9200}], use_ssl=True, verify_certs=False)
    requests.get("https://{}:9200/".format(host), verify=False)
    requests.get(os.environ.get("SEARCH_URL", "https://127.0.0.1:9200") + "/x", verify=False)
