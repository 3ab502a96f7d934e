import requests

VERIFY = "/etc/ssl/certs/ca-certificates.crt"
requests.get("https://a.corp.net", verify=VERIFY)
VERIFY = False
requests.get("https://b.corp.net", verify=VERIFY)


def ask(url, verify):
    return requests.get(url, verify=verify)


def once():
    verify = False
    return requests.get("https://c.corp.net", verify=verify)
