import requests

session = requests.Session()
session.verify = False
session.get("https://erp.corp.example")
session.verify = True


def asked(url, ca, strict):
    options = {"verify": False}
    if ca:
        options["verify"] = ca
    requests.get(url, **options)
    other = requests.Session()
    other.verify = False
    if strict:
        other.verify = True
    return other.get(url)
