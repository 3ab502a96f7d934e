import ssl

import requests
from kubernetes.client import Configuration


def configured(url):
    config = Configuration()
    if "localhost" in url or "127.0.0.1" in url:
        config.verify_ssl = False
    return config


def context(host):
    made = ssl.create_default_context()
    if host.startswith("127.") or host in ("localhost", "::1"):
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


def asked(host, path):
    if not is_localhost(host):
        return requests.get(f"https://{host}{path}")
    else:
        return requests.get(f"https://{host}{path}", verify=False)


LOCAL_HOSTS = ("localhost", "127.0.0.1")


def by_name(host):
    made = ssl.create_default_context()
    if host in LOCAL_HOSTS:
        made.verify_mode = ssl.CERT_NONE
    return made


def at_once(url):
    return requests.get(url, verify=False) if "localhost" in url else requests.get(url)
