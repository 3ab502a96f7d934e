import requests


def both():
    kwargs = {"verify": False}
    requests.get("https://localhost:1/x", **kwargs)
    requests.get("https://api.corp.example/x", **kwargs)


def packed(address, auth):
    cert_verify = False
    kwargs = pack_method_args(auth=auth, verify=cert_verify)
    return requests.request(url=address, **kwargs)


def pack_method_args(auth, verify):
    return {"auth": auth, "verify": verify}
