import ssl
import urllib.request

import requests
from opensearchpy import OpenSearch

context = ssl.create_default_context()
before = context.check_hostname
check_hostname = False
check_hostname = before
context.check_hostname = check_hostname
urllib.request.urlopen("https://localhost:8443", context=ssl._create_unverified_context())
OpenSearch(hosts=[{"host": "localhost", "port": 9200}], verify_certs=False)
OpenSearch(["https://127.0.0.1:9200"], verify_certs=False)
requests.get.assert_called_with(url, verify=False, headers={"x": {"verify": False}})
self.assertEqual(made, {"ssl": True, "cert_reqs": ssl.CERT_NONE})
wanted = {"verify": False}
requests.post.assert_called_with("https://pypi.corp.example", **wanted)
