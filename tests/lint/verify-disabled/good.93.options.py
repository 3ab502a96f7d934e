import ssl
import urllib.request

from pymongo import MongoClient

OPTIONS = {"format": "best", "nocheckcertificate": False}
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
request = urllib.request.Request(f"https://127.0.0.1:{port()}/x", method="GET")
opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
with opener.open(request, timeout=5) as answer:
    print(answer.read())

direct = ssl._create_unverified_context()
urllib.request.urlopen(urllib.request.Request("https://localhost/x"), context=direct)
MongoClient("mongodb://db.corp.internal/?tls=true&tlsAllowInvalidCertificates=false")
print("mongodb://db.corp.internal/", "tlsAllowInvalidCertificates=true")
MongoClient("mongodb://localhost:27017/?tls=true&tlsAllowInvalidCertificates=true")
