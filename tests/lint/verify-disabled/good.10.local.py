import requests


def started(port, retry):
    url = "https://localhost:{}/info".format(port)
    kwargs = {"auth": ("admin", "x"), "verify": False}
    retry("GET", url, kwargs)
    url = "https://localhost:{}/jobs".format(port)
    kwargs = {}
    kwargs["verify"] = False
    return requests.get(url, **kwargs)
