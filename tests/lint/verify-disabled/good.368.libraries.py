import mechanicalsoup
import qbittorrentapi
from neo4j import GraphDatabase, TrustAll
from OpenSSL import SSL
from prometheus_api_client import PrometheusConnect
from tornado.httpclient import AsyncHTTPClient

torrents = qbittorrentapi.Client(host="localhost:8080", VERIFY_WEBUI_CERTIFICATE=False)
AsyncHTTPClient.configure(None, defaults={"validate_cert": True})
logging.configure(defaults={"level": "INFO"})
browser = mechanicalsoup.StatefulBrowser()
browser.set_verify("/etc/ssl/certs/ca-certificates.crt")
context = SSL.Context(SSL.TLS_METHOD)
context.set_verify(SSL.VERIFY_PEER, None)
metrics = PrometheusConnect(url="http://prometheus:9090", disable_ssl=True)
database = Database(url="db.corp.lan", disable_ssl=True)
here = GraphDatabase.driver("bolt+ssc://localhost:7687", auth=("u", "p"))
there = GraphDatabase.driver("neo4j+s://graph.corp.lan", auth=("u", "p"))
own = GraphDatabase.driver("neo4j://localhost:7687", trusted_certificates=TrustAll())
