import requests

TRUSTING = False


class Plain:
    VERIFY = False

    def get(self, url):
        return requests.get(url, verify=self.VERIFY)

    @classmethod
    def post(cls, url):
        return requests.post(url, verify=cls.VERIFY)


class Other:
    def __init__(self):
        self.verify = False
        self.trusting = TRUSTING

    def get(self, url):
        return requests.get(url, verify=self.verify)

    def put(self, url):
        return requests.put(url, verify=self.trusting)


def ask(url):
    plain, other = Plain(), Other()
    held = Plain()
    requests.get(url, verify=held.VERIFY)
    requests.get(url, verify=Plain.VERIFY)
    return requests.get(url, verify=other.verify)
