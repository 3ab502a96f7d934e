import cache

store = cache.open("/var/cache")
session = store.session
session.verify = False
store.reader.verify = False
