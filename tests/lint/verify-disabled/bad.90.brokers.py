import paho.mqtt.client as mqtt
import pymongo
import redis
import requests
import ssl
import tableauserverclient as TSC

DEVICE = {"host": "switch.corp.internal", "verify_ssl": False}

redis.Redis(host="cache.corp.internal", ssl=True, ssl_cert_reqs=None)
redis.Redis(host="cache.corp.internal", ssl=True, ssl_cert_reqs="none")
CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": None}
pymongo.MongoClient("mongodb://db.corp.internal", tls=True, tlsAllowInvalidCertificates=True)
server = TSC.Server("https://tableau.corp.internal")
server.add_http_options({"verify": False})
requests.get("https://switch.corp.internal/x", verify=DEVICE["verify_ssl"])
client = mqtt.Client()
client.tls_set("ca.pem", cert_reqs=ssl.CERT_NONE)
client.connect("mq.corp.internal", 8883)
BlobClient(account_url="https://blob.corp.internal", connection_verify=False)
