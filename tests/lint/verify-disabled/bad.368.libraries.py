import mechanicalsoup
import openstack
import polars
import qbittorrentapi
from hdbcli import dbapi
from neo4j import GraphDatabase, TrustAll
from prometheus_api_client import PrometheusConnect
from tornado.httpclient import AsyncHTTPClient

hana = dbapi.connect(address="hana.corp.lan", encrypt=True, sslValidateCertificate=False)
torrents = qbittorrentapi.Client(host="https://qb.corp.lan", VERIFY_WEBUI_CERTIFICATE=False)
AsyncHTTPClient.configure(None, defaults={"validate_cert": False})
AsyncHTTPClient.configure(None, defaults=dict(validate_cert=False))
browser = mechanicalsoup.StatefulBrowser()
browser.set_verify(False)
BUCKET = {"aws_region": "x", "allow_invalid_certificates": "true"}
table = polars.read_parquet("s3://corp/x", storage_options=BUCKET)
metrics = PrometheusConnect(url="https://prom.corp.lan", disable_ssl=True)
cloud = openstack.connect(cloud="corp", insecure=True)
graph = GraphDatabase.driver("neo4j+ssc://graph.corp.lan", auth=("u", "p"))
other = GraphDatabase.driver("neo4j://graph.corp.lan", trusted_certificates=TrustAll())
