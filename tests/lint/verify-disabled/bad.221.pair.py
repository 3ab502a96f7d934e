import ssl

import paho.mqtt.client as mqtt

client = mqtt.Client()
client.tls_set(tls_version=ssl.PROTOCOL_TLS, cert_reqs=ssl.CERT_NONE)
client.tls_insecure_set(True)
options = {"certfile": "client.pem", "cert_reqs": ssl.CERT_NONE, "server_side": False}
