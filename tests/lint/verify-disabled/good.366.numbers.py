import requests
import urllib3
import websocket

pool = urllib3.PoolManager(cert_reqs=2)
pinned = urllib3.PoolManager(cert_reqs="CERT_NONE", assert_fingerprint="AA:BB:CC")
OPTIONS = {"cert_reqs": "CERT_NONE", "assert_fingerprint": "AA:BB:CC"}
again = urllib3.HTTPSConnectionPool("x.corp.lan", **OPTIONS)
here = urllib3.HTTPSConnectionPool("localhost", cert_reqs=0)
socket = websocket.WebSocketApp("wss://x.corp.lan")
socket.run_forever(sslopt={"cert_reqs": 2})
requests.get("https://x.corp.lan", verify=not False)
