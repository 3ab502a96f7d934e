import ssl

import urllib3

OPTIONS = dict(cert_reqs=ssl.CERT_NONE, timeout=3)


def ask(url, cert):
    given = dict(cert_file=cert, key_file=cert)
    given.update(cert_reqs=ssl.CERT_NONE)
    urllib3.PoolManager(**given).request("GET", url)
    return urllib3.PoolManager(**OPTIONS).request("GET", url)
