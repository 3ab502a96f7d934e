import scrapelib
from apis import BaseClient, Stream
from legislatures import Scraper
from portals.base import Portal
from requests_oauthlib import OAuth2Session


class Bills(Scraper):
    verify = False

    def scrape(self):
        return self.pages()


class Votes(Scraper):
    def __init__(self, *given):
        super().__init__(*given)
        self.verify = False


class Events(scrapelib.Scraper):
    verify = False


class Portals(Portal):
    verify = False
    base_url = "https://portal.corp.example"

    def page(self):
        return self.get(f"{self.base_url}/page")


class Api(BaseClient):
    verify_ssl = False
    base_url = "https://api.corp.example"


class Records(Stream):
    @property
    def requests_session(self):
        session = super().requests_session
        session.verify = False
        return session


class Account(OAuth2Session):
    def __init__(self, *given):
        super().__init__(*given)
        self.verify = False


def votes():
    scraper = scrapelib.Scraper()
    scraper.verify = False
    return scraper
