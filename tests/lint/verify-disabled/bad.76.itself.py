from urllib.parse import urljoin

import requests
from elasticsearch import Elasticsearch
from x import args, cfg, hosts, u, w
args.u = "http://" + args.u
requests.get(args.u, verify=False)
hosts = [hosts]
Elasticsearch(hosts, verify_certs=False)
u = "https://a" or u
requests.get(u, verify=False)
v = v or v
requests.get(v, verify=False)
cfg = {"host": cfg}
Elasticsearch(host=cfg, verify_certs=False)
w = w["w"]
requests.get(w, verify=False)
for z in z:
    requests.get(z, verify=False)
y = y if y else y
requests.get(y, verify=False)
def k():
    return k() + "/x"
requests.get(k(), verify=False)
q = "https://%s" % q
requests.get(q, verify=False)

j = urljoin(j, "x")
requests.get(j, verify=False)
class P:
    @property
    def a(self):
        return self.a + "/x"
    def g(self):
        return requests.get(self.a, verify=False)
f = f"{f}/x"
requests.get(f, verify=False)
