import requests

for host in ("localhost", "127.0.0.1"):
    requests.get(f"https://{host}:8443/simple/", verify=False)
