import requests

LOCAL = "https://localhost:8443"


def ask(url): return requests.get(url, verify=False)


def far(host):
    url = "https://{}/x".format(host)
    return requests.get(url, verify=False)


requests.get("https://registry.corp.example", verify=False)


def near(item):
    url = LOCAL + "/" + item
    return requests.get(url, verify=False)


def base():
    return "https://127.0.0.1/api"


def nearer():
    address = base()
    return requests.get(address + "/x", verify=False)
