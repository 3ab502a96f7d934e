import os
import ssl
import urllib.request

import aiohttp
import httpx
import requests
import urllib3
from requests import Session, get

OFF = False
KW = {"verify": False}
requests.get("https://pypi.corp.example", verify=False)
requests.request("GET", "https://pypi.corp.example", verify=OFF)
get("https://pypi.corp.example", verify=False)
session = requests.Session()
session.verify = False
session.post("https://pypi.corp.example", verify=False)
requests.get("https://pypi.corp.example", **KW)
client = httpx.Client(verify=False)
httpx.AsyncClient(timeout=5, verify=False)
aiohttp.TCPConnector(ssl=False)
aiohttp.TCPConnector(verify_ssl=False)
urllib3.PoolManager(cert_reqs="CERT_NONE")
urllib3.PoolManager(cert_reqs=ssl.CERT_NONE)
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
other = ssl.create_default_context()
other.check_hostname = False
urllib.request.urlopen("https://pypi.corp.example", context=ssl._create_unverified_context())
ssl._create_default_https_context = ssl._create_unverified_context
os.environ["CURL_CA_BUNDLE"] = ""
os.environ["PYTHONHTTPSVERIFY"] = "0"


class Api:
    def fetch(self, url):
        return self.session.get(url, verify=False)
