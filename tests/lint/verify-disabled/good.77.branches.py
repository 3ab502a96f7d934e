import requests


class C:
    def option(self, url):
        verify = False
        if self.secure:
            verify = True
        return requests.get(url, verify=verify)

    def insecure(self, url, insecure):
        verify = "/etc/ssl/own.pem"
        if insecure:
            verify = False
        return requests.get(url, verify=verify)

    def both(self, url, x):
        if x:
            verify = False
        else:
            verify = self.cafile
        return requests.get(url, verify=verify)

    def here(self):
        verify = False
        if self.cafile:
            verify = self.cafile
        return requests.get("https://localhost/x", verify=verify)

    def later(self, url):
        verify = False
        verify = self.cafile
        return requests.get(url, verify=verify)
