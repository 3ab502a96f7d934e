import requests

for host in ("localhost", "pypi.corp.example"):
    requests.get("https://" + host + "/simple/", verify=False)
