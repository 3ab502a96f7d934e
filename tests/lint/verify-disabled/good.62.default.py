import requests


def status(host="localhost", port=9000):
    url = f"https://{host}:{port}/status"
    return requests.get(url, verify=False)
