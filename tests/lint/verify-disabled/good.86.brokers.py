import paho.mqtt.client as mqtt
import pymongo
import redis
import requests
import ssl

DEVICE = {"host": "switch.corp.internal", "verify_ssl": True}
DEVICE = DEVICE["host"]

redis.Redis(host="cache.corp.internal", ssl=True, ssl_cert_reqs="required")
pymongo.MongoClient("mongodb://db.corp.internal", tls=True, tlsAllowInvalidCertificates=False)
requests.get("https://switch.corp.internal/x", verify=DEVICE["verify_ssl"])
client = mqtt.Client()
client.tls_set("ca.pem", cert_reqs=ssl.CERT_NONE)
client.connect("localhost", 8883)
publish(client, "topic", "message")
