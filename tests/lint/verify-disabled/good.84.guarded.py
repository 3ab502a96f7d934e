import requests


class Api:
    def ask(self, data):
        if self.wrapper.ssl_auth:
            return requests.post(self.url, json=data, verify=self.ca)
        return requests.post(self.url, json=data, verify=self.ca)

    def tell(self, data):
        if self.use_https:
            answer = requests.put(self.url, json=data, verify=self.ca)
        else:
            answer = requests.put(self.url, json=data, verify=False)
        return answer
