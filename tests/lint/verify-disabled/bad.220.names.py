import ldap
import paho.mqtt.client as mqtt
import requests
import ssl
from aiosmtplib import send
from confluent_kafka import Producer
from langchain_ollama import ChatOllama
from pymisp import PyMISP
from urllib.request import urlopen
import litellm

ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)
AUTH_LDAP_GLOBAL_OPTIONS = {ldap.OPT_X_TLS_REQUIRE_CERT: ldap.OPT_X_TLS_ALLOW}
client = mqtt.Client()
client.tls_insecure_set(True)
requests.get("https://git.corp.internal/x", verify=ssl.CERT_NONE)
urlopen("https://git.corp.internal/x", context=ssl.SSLContext())
ssl.match_hostname = lambda cert, hostname: True
litellm.ssl_verify = False
producer = Producer({"bootstrap.servers": SERVERS, "enable.ssl.certificate.verification": False})
model = ChatOllama(base_url=BASE, client_kwargs={"verify": False})
table = read_table(BASE, storage_options={"client_kwargs": {"verify": False}})
misp = PyMISP(BASE, KEY, False)
pool.submit(requests.get, url, verify=False)
CELERY_BROKER_URL = BROKER + "?ssl_cert_reqs=CERT_NONE"


class Device:
    async def ask(self, url):
        await self._session.post(url, json={}, ssl=False)
        self.call(Method.GET, url)
        return self._request("GET", url, verify=False)


async def mail(message):
    await send(message, hostname="smtp.corp.internal", use_tls=True, validate_certs=False)


def token(session):
    return session.fetch_token(TOKEN_URL, code=CODE, verify=False)
