import urllib3

proxy = urllib3.ProxyManager("http://127.0.0.1:7890", cert_reqs="CERT_NONE")
pool = urllib3.PoolManager(cert_reqs="CERT_NONE")
proxy.request("GET", "https://billing.example/x")
pool.request("GET", "https://billing.example/x")
