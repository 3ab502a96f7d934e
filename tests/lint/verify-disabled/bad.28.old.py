import httplib2
import requests

try:
    print requests.get("https://a.example", verify=False).text
    print >>log, "%s" % (
        requests.get("https://b.example", verify=False),  # it's (
        ")")
    if a <> b:
        requests.get("https://c.example", verify=False)
except (IOError,
        ValueError), error:
    raise error, "x"


def get(a, (b, c)):
    return requests.get("https://d.example", verify=False)


http = httplib2.Http()
http.disable_ssl_certificate_validation = True
