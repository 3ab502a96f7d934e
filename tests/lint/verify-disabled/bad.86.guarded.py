import requests


class Api:
    def tell(self, data):
        if self.ssl_verify:
            return requests.put(self.url, json=data, verify=self.ca)
        else:
            return requests.put(self.url, json=data, verify=False)

    def put(self, data):
        if VERIFY_SSL:
            return requests.put(self.url, json=data, verify=self.ca)
        else:
            return requests.put(self.url, json=data, verify=False)

    def check(self, data):
        if self.use_ssl:
            return requests.put(self.url, json=data, verify=False)
        return None
