import requests
from hub import HubInstance
from scrapers import Scraper

hub = HubInstance("https://hub.corp.internal", "user", insecure=True)


class Council(Scraper):
    def scrape(self):
        page = self.lxmlize("https://council.corp.internal/", verify=False)
        for link in page:
            yield self.lxmlize(link, verify=False)


def ask(session):
    session.verified = False
    return requests.get(session.url, verify=session.verified)


def servers(address):
    cluster = Cluster(address)
    cluster.verify_ssl = False
    cluster.trace = True
    return cluster.get_servers()


connection = gNMIclient("switch.corp.internal", skip_verify=True)
