import os

import tableauserverclient as TSC
import youtube_dl
from jira import JIRA
from pymongo import MongoClient
from redmine import Redmine

OPTIONS = {"format": "best", "nocheckcertificate": True}
redmine = Redmine(os.environ["REDMINE_URL"], version="3.3", requests={"verify": False})
server = TSC.Server("https://" + os.environ.get("SERVER_URL"))
server.add_http_options({"verify": False})


class Connection:
    def __init__(self, url):
        self.jira_options = {"server": url, "verify": False}

    def connect(self):
        return JIRA(options=self.jira_options)


client = MongoClient(
    "mongodb+srv://{}:{}@db.corp.internal/x?ssl=true&ssl_cert_reqs=CERT_NONE".format("a", "b")
)
other = MongoClient("mongodb://db.corp.internal/?tls=true&tlsAllowInvalidCertificates=true")
youtube_dl.YoutubeDL(OPTIONS)
