import requests


def save(url, path, verify=True):
    reply = requests.get(url)
    path.write_bytes(reply.content)
    if verify:
        assert len(reply.content) == int(reply.headers["Content-Length"])


class Store:
    def save(self, url, verify=True):
        reply = requests.get(url)
        if not verify:
            return reply
        return self.compare(reply)


def main(path, store: Store):
    save("https://files.corp.example/a", path, verify=False)
    Store().save("https://files.corp.example/a", verify=False)
    return store.save("https://files.corp.example/a", verify=False)
