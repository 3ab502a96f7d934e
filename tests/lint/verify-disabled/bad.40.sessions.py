import httpx

ADDRESS = "https://localhost:8443"


def handed_on(fetch):
    with httpx.Client(verify=False) as client:
        client.get(f"{ADDRESS}/")
        fetch(client)


def elsewhere(url):
    with httpx.Client(verify=False) as other:
        other.get(f"{ADDRESS}/")
        other.get(url)


def unasked():
    return httpx.Client(verify=False)
