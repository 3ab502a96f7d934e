import requests


class Config:
    VERIFY_SSL: bool = False


class Base:
    base_url = None
    verify = True

    def get(self, path):
        return requests.get(self.base_url + path, verify=self.verify)

    def trusted(self):
        return True

    def put(self, path):
        return requests.put(self.base_url + path, verify=self.trusted())


class Prod(Base):
    base_url = "https://api.corp.net"


class Staging(Base):
    base_url = "https://staging.corp.net"
    verify = False


class Local(Base):
    base_url = "https://localhost:8443"
    verify = False


class Lab(Base):
    def trusted(self):
        return False


class Asked:
    @property
    def verify(self):
        return False

    def _options(self):
        return {"verify": False, "timeout": 3}

    def get(self, url):
        requests.get(url, verify=self.verify)
        return requests.get(url, **self._options())


def _checked():
    return False


requests.get("https://erp.corp.net", verify=Config.VERIFY_SSL)
requests.get("https://erp.corp.net", verify=_checked())
