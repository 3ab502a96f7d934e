import json

import mysql.connector
import requests
from opensearchpy import OpenSearch

shown = dict(verify_certs=False, url="https://search.corp.example.org")
print(json.dumps(shown))
own = dict(verify_certs=False)
search = OpenSearch("https://localhost:9200", **own)
plain = dict(host="db", ssl_verify_cert=True)
mysql.connector.connect(**plain)


def _defaults():
    return dict(timeout=3, verify=True)


requests.get("https://pypi.corp.example.org/", **_defaults())


def mark(**flags):
    return flags


mark(**dict(verify_certs=False))
without = OpenSearch("http://search:9200", **dict(use_ssl=False, verify_certs=False))
