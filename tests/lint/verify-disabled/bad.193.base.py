import httpx
from atlassian import Jira
from lib import BaseClient


class First(BaseClient):
    def __init__(self, host):
        super(First, self).__init__(host, ssl_verify=False)


class Second(BaseClient):
    def __init__(self, host):
        BaseClient.__init__(self, host, verify=False)


class Third(Jira):
    def __init__(self, url):
        super().__init__(url=url, verify_ssl=False)


class Fourth(httpx.Client):
    def __init__(self, *args, **options):
        super().__init__(*args, verify=False, **options)


class Own:
    def __init__(self, url, check):
        self.client = httpx.Client(base_url=url, verify=check)


class Lab(Own):
    def __init__(self):
        super().__init__("https://lab.corp.net", False)
