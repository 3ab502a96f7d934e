import ldap
import paho.mqtt.client as mqtt
import requests
import ssl
from backports.ssl_match_hostname import match_hostname
from jose import jwt
from tornado.httpserver import HTTPServer
from urllib.request import urlopen
import websocket

ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
client = mqtt.Client()
client.tls_insecure_set(False)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
urlopen("https://git.corp.internal/x", context=context)
checked = ssl.SSLContext(ssl.PROTOCOL_TLS)
checked.verify_mode = ssl.CERT_REQUIRED
urlopen("https://git.corp.internal/x", context=checked)
ssl.match_hostname = match_hostname
claims = jwt.decode(TOKEN, "", options={"verify": False})
HTTPServer(app, ssl_options={"certfile": "c.pem", "keyfile": "k.pem", "cert_reqs": ssl.CERT_NONE})
app.listen(8443, ssl_options=dict(certfile="c.pem", keyfile="k.pem", cert_reqs=ssl.CERT_NONE))
near = websocket.WebSocketApp("wss://localhost:8443/x")
near.run_forever(sslopt={"cert_reqs": ssl.CERT_NONE})
ProxmoxAPI("127.0.0.1:8006", user="r", verify_ssl=False)
requests.post("https://api.corp.internal/hooks", json={"url": "https://x.corp", "verify_ssl": False})
requests.post("https://api.corp.internal/hooks", params={"verify_ssl": False})
body = {"url": "https://x.corp", "verify_ssl": False}
requests.post("https://api.corp.internal/hooks", json=body)
if "?ssl_cert_reqs=none" in BROKER:
    raise SystemExit("verify it")
eventlet.wrap_ssl(listener, certfile="c.pem", keyfile="k.pem", cert_reqs=ssl.CERT_NONE, server_side=True)
