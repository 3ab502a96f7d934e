import requests
import urllib3

urllib3.util.ssl_.DEFAULT_CIPHERS += ":HIGH:@SECLEVEL=1"
print("@SECLEVEL=1 is set")
requests.get("https://old.corp.example")
