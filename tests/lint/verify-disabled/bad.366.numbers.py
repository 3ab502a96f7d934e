import requests
import urllib3
import websocket

pool = urllib3.PoolManager(cert_reqs=0)
socket = websocket.WebSocketApp("wss://x.corp.lan")
socket.run_forever(sslopt={"cert_reqs": 0, "check_hostname": False})
socket.run_forever(sslopt=dict(cert_reqs=0))
requests.get("https://x.corp.lan", verify=not True)
