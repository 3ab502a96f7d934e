from elasticsearch import Elasticsearch
from opensearchpy import OpenSearch

TLS = {"verify_certs": True}
search = Elasticsearch("https://es.corp.lan", **TLS)
HERE = {"hosts": "https://localhost:9200", "verify_certs": False}
here = Elasticsearch(**HERE)
BARE = {"verify_certs": False}
local = Elasticsearch("https://127.0.0.1:9200", **BARE)
PLAIN = {"hosts": ["es"], "use_ssl": False, "verify_certs": False}
plain = OpenSearch(**PLAIN)
ROW = {"verify_certs": False}
saved = store(**ROW)
AGAIN = {"verify_certs": False}
AGAIN = {"verify_certs": True}
again = Elasticsearch("https://es.corp.lan", **AGAIN)


def given(options={"verify_certs": False}):
    return Elasticsearch("https://es.corp.lan", **options)


def passed(**options):
    return Elasticsearch("https://es.corp.lan", **options)


UNUSED = {"verify_certs": False}
