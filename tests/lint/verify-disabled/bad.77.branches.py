import requests
import urllib3


class Asks:
    def ask(self, url):
        verify = False
        if self.cafile:
            verify = self.cafile
        requests.get(url + "/first", verify=verify)
        return requests.get(url, verify=verify)

    def pool(self):
        reqs = "CERT_NONE"
        try:
            if self.cafile:
                reqs = "CERT_REQUIRED"
        finally:
            made = urllib3.PoolManager(cert_reqs=reqs, ca_certs=self.cafile)
        return made
