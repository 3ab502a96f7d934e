from .connection import connect

answer = connect().post(url, json={}, verify=False)
cache.get(name, verify=False)
