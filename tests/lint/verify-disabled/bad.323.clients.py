import ssl

import requests


def save(url, verify=True):
    return requests.get(url, verify=verify)


def ask(url, verify=True):
    context = ssl.create_default_context()
    if not verify:
        context.verify_mode = ssl.CERT_NONE
    return requests.Session().get(url, context=context)


class Base:
    def get(self, url, verify=True):
        raise NotImplementedError


def main(base: Base):
    save("https://files.corp.example/a", verify=False)
    ask("https://files.corp.example/a", verify=False)
    return base.get("https://files.corp.example/a", verify=False)
