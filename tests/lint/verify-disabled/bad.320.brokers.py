import ssl

import paho.mqtt.client as mqtt

OWN = {"certfile": "me.pem", "keyfile": "me.key", "cert_reqs": ssl.CERT_NONE}


def connect():
    client = mqtt.Client()
    client.tls_set(**OWN)
    given = {"certfile": "me.pem", "keyfile": "me.key"}
    given["cert_reqs"] = ssl.CERT_NONE
    other = mqtt.Client()
    other.tls_set(**given)
    return client, other
