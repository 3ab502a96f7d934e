import docker.utils
import mysql.connector
import requests
from docker import APIClient
from opensearchpy import OpenSearch


def connection(host: str, database: str = ""):
    params = dict(host=host, ssl_disabled=False, ssl_verify_cert=False)
    if database:
        params["database"] = database
    return mysql.connector.connect(**params)


def _defaults():
    return dict(verify=False, timeout=3)


def page(url: str) -> str:
    return requests.get(url, **_defaults()).text


def _options():
    options = dict(verify_certs=False, timeout=3)
    return options


search = OpenSearch("https://search.corp.example.org", **_options())
other = OpenSearch("https://other.corp.example.org", **dict(verify_certs=False))
daemon = APIClient(**docker.utils.kwargs_from_env(assert_hostname=False))
