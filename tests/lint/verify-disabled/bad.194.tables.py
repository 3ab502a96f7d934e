import requests

SITES = [
    {"name": "a", "url": "https://a.corp.net", "verify": True},
    {"name": "b", "url": "https://b.corp.net", "verify": False},
    {"name": "c", "url": "https://127.0.0.1:8443", "verify": False},
]
PAIRS = [
    ("https://a.corp.net", True),
    ("https://b.corp.net", False),
]
CONFIG = {
    "prod": {"url": "https://x.corp.net", "ssl": True},
    "lab": {"url": "https://lab.corp.net", "ssl": False},
    "local": {"url": "https://localhost:8443", "ssl": False},
}
NESTED = dict(url="https://a.corp.net", tls=dict(verify=False))
PLAIN = {"url": "https://a.corp.net", "checked": False}


def get(env, path):
    found = CONFIG[env]
    return requests.get(found["url"] + path, verify=found["ssl"])


for s in SITES:
    requests.get(s["url"], verify=s["verify"])
for url, verify in PAIRS:
    requests.get(url, verify=verify)
for name, site in CONFIG.items():
    requests.get(site["url"], verify=site.get("ssl", True))
requests.get(NESTED["url"], verify=NESTED["tls"]["verify"])
requests.get(PLAIN["url"], verify=PLAIN.get("checked", True))
