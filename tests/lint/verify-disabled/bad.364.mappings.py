import boto3
import winrm
from azure.cosmos import CosmosClient
from elasticsearch import Elasticsearch
from opensearchpy import OpenSearch
from pymongo import MongoClient

TLS = {"verify_certs": False}
search = Elasticsearch("https://es.corp.lan", **TLS)
MADE = dict(verify_certs=False, timeout=30)
other = OpenSearch("https://es.corp.lan", **MADE)
direct = Elasticsearch("https://es.corp.lan", **{"verify_certs": False})
OPTIONS = {"tls": True, "tlsAllowInvalidCertificates": True}
mongo = MongoClient("mongodb://m.corp.lan", **OPTIONS)
SHELL = {"transport": "ntlm", "server_cert_validation": "ignore"}
session = winrm.Session("https://h.corp.lan:5986", auth=("u", "p"), **SHELL)
CONFIG = {"es": {"hosts": ["https://es.corp.lan"], "verify_certs": False}}
configured = Elasticsearch(**CONFIG["es"])


def joined(**options):
    return Elasticsearch("https://es.corp.lan", **({"verify_certs": False} | options))


def put(**options):
    options["connection_verify"] = False
    return CosmosClient("https://c.corp.lan", **options)


def updated(ca):
    options = {"timeout": 3}
    options.update({"verify_certs": False})
    return OpenSearch("https://es.corp.lan", **options)


def made(**options):
    return OpenSearch("https://es.corp.lan", **dict({"verify_certs": False}, **options))


def options():
    return {"verify_certs": False}


def returned():
    return Elasticsearch("https://es.corp.lan", **options())


def copied():
    own = TLS.copy()
    own |= {"ssl_verify": False}
    return Client("https://es.corp.lan", **own)


class Store:
    CLIENT = {"verify": False}

    def __init__(self):
        self.client = boto3.client("s3", **self.CLIENT)
