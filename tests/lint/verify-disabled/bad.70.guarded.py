import ssl

import requests
from kubernetes.client import Configuration


def configured(url):
    config = Configuration()
    if "localhost" not in url:
        config.verify_ssl = False
    return config


def context(host, insecure):
    made = ssl.create_default_context()
    if host == "localhost" or insecure:
        made.verify_mode = ssl.CERT_NONE
    return made


def asked(host, path):
    if is_localhost(host):
        return requests.get(f"https://{host}{path}", verify="/etc/ssl/own.pem")
    else:
        return requests.get(f"https://{host}{path}", verify=False)


def at_once(url):
    return requests.get(url) if "localhost" in url else requests.get(url, verify=False)
