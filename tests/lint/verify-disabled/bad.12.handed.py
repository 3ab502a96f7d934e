import functools
import ssl

import requests
from kubernetes import client

fetch = functools.partial(requests.get, verify=False)
socket.run_forever(sslopt={"cert_reqs": ssl.CERT_NONE})
sslopt["cert_reqs"] = ssl.CERT_NONE
pool.cert_reqs = "CERT_NONE"
configuration = client.Configuration()
configuration.verify_ssl = False
kwargs = dict(verify=False)
requests.get("https://pypi.corp.example", **kwargs)
request_kwargs["verify"] = False
request_kwargs.update({"verify": False})
command.extend(["-c", "http.sslVerify=false"])


def look(session: requests.Session, page):
    session.get(page, verify=False)
