import ssl
from urllib.request import urlopen

context = ssl._create_unverified_context()
context.set_ecdh_curve("prime192v1")
urlopen("https://packages.corp.example.org/version", context=context)
